import type { ScheduleField } from '@stopcovid/calendar';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { AppliedSettings, SettingSource } from '../clock/applying-schedule';
import type { PastOccurrence } from '../clock/phone-schedule';
import type { Ahead } from './ahead';
import type { StartsPreview } from './starts';
import { localText, type Timetable, type TraineeZone } from './timetable';

class ZoneView {
  @ApiProperty({ type: String, nullable: true, example: 'America/Chicago' }) name!: string | null;
  @ApiProperty({ enum: ['trainee', 'import', 'group', 'organisation', 'unknown'] }) source!: string;
  @ApiProperty({
    type: [String],
    description: 'The zones whose windows all count; several where none is known',
  })
  anyOf!: readonly string[];
}

class SettingView {
  @ApiProperty({ description: 'As it stands in settings' }) value!: unknown;
  @ApiProperty({
    enum: ['told', 'trainee', 'unit', 'employer', 'organisation', 'default'],
    description: '`told` is what the trainee told by text',
  })
  from!: SettingSource;
}

class AheadView {
  @ApiProperty({ enum: ['drill', 'repeat', 'reminder', 'broadcast', 'drip', 'abandon', 'pause'] })
  kind!: string;
  @ApiProperty({ description: 'The date of a drill, the rung of a reminder, the id of a message or run' })
  nominal!: string;
  @ApiPropertyOptional() drill?: string;
  @ApiProperty({ description: 'False where it does not come: `reason` says why' }) comes!: boolean;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'When its window closes' }) until?: string;
  @ApiPropertyOptional({ example: '2026-06-10 09:00', description: 'By their clock' }) local?: string;
  @ApiPropertyOptional({ description: 'Why it comes later than its rule says, or not at all' })
  reason?: string;
}

class PastView {
  @ApiProperty() kind!: string;
  @ApiProperty() nominal!: string;
  @ApiProperty({ enum: ['published', 'passed', 'heldBack'] }) outcome!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiPropertyOptional() local?: string;
  @ApiPropertyOptional() reason?: string;
}

/** What the schedule means for one phone. */
export class TimetableView {
  @ApiProperty({ example: '+12025550143' }) phone!: string;
  @ApiProperty() zone!: ZoneView;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'object' },
    description: 'Each setting with its value and where it comes from; none where nobody says anything',
  })
  schedule?: Readonly<Record<string, SettingView>>;
  @ApiPropertyOptional({ description: 'Why nothing at all, or no further drill, is ahead' }) idle?: string;
  @ApiPropertyOptional({ description: 'When a pause ends; `resumed` when somebody resumes' })
  pausedUntil?: string;
  @ApiProperty({ type: [AheadView], description: 'The next ten, if each drill is finished before the next' })
  ahead!: readonly AheadView[];
  @ApiProperty({ type: [PastView], description: 'The last ten, the latest first' })
  last!: readonly PastView[];
}

const localOf = (zone: TraineeZone, at: number): { local?: string } => {
  const local = localText(zone, at);
  return local === undefined ? {} : { local };
};

const iso = (at: number): string => new Date(at).toISOString();

const aheadView = (one: Ahead, zone: TraineeZone): AheadView => ({
  kind: one.kind,
  nominal: one.nominal,
  ...(one.drill !== null && { drill: one.drill }),
  comes: one.comes,
  at: iso(one.at),
  ...(one.until !== null && { until: iso(one.until) }),
  ...localOf(zone, one.at),
  ...(one.reason !== null && { reason: one.reason }),
});

const pastView = (one: PastOccurrence, zone: TraineeZone): PastView => ({
  kind: one.kind,
  nominal: one.nominal,
  outcome: one.outcome,
  at: iso(one.at),
  ...localOf(zone, one.at),
  ...(one.reason !== null && { reason: one.reason }),
});

const settingsView = ({ settings, from }: AppliedSettings): Readonly<Record<string, SettingView>> =>
  Object.fromEntries(
    (Object.keys(settings) as readonly ScheduleField[]).map((field) => [
      field,
      { value: settings[field], from: from[field] },
    ]),
  );

const pauseView = ({ paused }: Timetable): { pausedUntil?: string } =>
  paused === null ? {} : { pausedUntil: paused.until === null ? 'resumed' : iso(paused.until) };

/** A timetable as it is answered. */
export const timetableView = (timetable: Timetable): TimetableView => ({
  phone: timetable.phone,
  zone: timetable.zone,
  ...(timetable.applies !== null && { schedule: settingsView(timetable.applies) }),
  ...(timetable.idle !== null && { idle: timetable.idle }),
  ...pauseView(timetable),
  ahead: timetable.ahead.map((one) => aheadView(one, timetable.zone)),
  last: timetable.last.map((one) => pastView(one, timetable.zone)),
});

class TimeView {
  @ApiProperty({ format: 'date-time', description: 'Where the hour or the day begins, in UTC' })
  from!: string;
  @ApiProperty() starts!: number;
}

class NoStartView {
  @ApiProperty() reason!: string;
  @ApiProperty() people!: number;
}

/** How many drills start when. */
export class StartsView {
  @ApiProperty({ description: 'As many are meant' }) people!: number;
  @ApiProperty() starts!: number;
  @ApiProperty({ type: [TimeView] }) times!: readonly TimeView[];
  @ApiProperty({ type: [NoStartView], description: 'Who has none in that time' })
  none!: readonly NoStartView[];
}

/** A count of starts as it is answered. */
export const startsView = ({ times, ...counts }: StartsPreview): StartsView => ({
  ...counts,
  times: times.map(({ from, starts }) => ({ from: from.toISOString(), starts })),
});
