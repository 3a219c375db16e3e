import {
  defaultSchedule,
  mergeSchedules,
  scheduleSettingsSchema,
  scheduleWarnings,
  type ScheduleSettings,
} from '@stopcovid/calendar';
import type { Finding } from './problem';
import { readSettings, type SettingsReading } from './settings-file';
import type { Tree } from './source';

/** A schedule file read, as far as it goes, with what was wrong on the way. */
export type ScheduleReading = SettingsReading<ScheduleSettings>;

const warningsOf = (settings: ScheduleSettings): readonly Finding[] =>
  scheduleWarnings(mergeSchedules({ organisation: settings })).map(({ path, message }) => ({
    code: 'schedule-unlikely',
    path,
    message,
  }));

/** Reads `schedule.yaml`: when the trainees of the whole organisation get their drills. */
export const readSchedule = (tree: Tree): ScheduleReading => {
  const reading = readSettings(tree, {
    schema: scheduleSettingsSchema,
    fields: Object.keys(defaultSchedule),
    fieldsBelow: ['opens', 'closes'],
  });
  const { settings, findings } = reading;
  return { ...reading, findings: [...findings, ...(settings ? warningsOf(settings) : [])] };
};
