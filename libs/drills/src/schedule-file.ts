import {
  defaultSchedule,
  mergeSchedules,
  scheduleSettingsSchema,
  scheduleWarnings,
  type ScheduleSettings,
} from '@stopcovid/calendar';
import type { z } from 'zod';
import type { Finding, Path, Position } from './problem';
import { fieldsOf, mark, note, suggestion, type Reading } from './reader';
import type { Tree } from './source';

/** A schedule file read, as far as it goes, with what was wrong on the way. */
export type ScheduleReading = {
  readonly settings?: ScheduleSettings;
  readonly findings: readonly Finding[];
  readonly spots: ReadonlyMap<string, Position>;
};

const fields = Object.keys(defaultSchedule);

/** What the file says, as plain values; where each was written is remembered. */
const plain = (reading: Reading, tree: Tree, path: Path): unknown => {
  mark(reading, path, tree.at);
  switch (tree.kind) {
    case 'scalar':
      return tree.value;
    case 'list':
      return tree.items.map((item, index) => plain(reading, item, [...path, index]));
    case 'map':
      return Object.fromEntries(
        [...tree.fields].map(([name, field]) => [name, plain(reading, field.tree, [...path, name])]),
      );
  }
};

const unknownBelow = (issue: z.core.$ZodIssueUnrecognizedKeys, path: Path): readonly Finding[] =>
  path.length === 0
    ? []
    : issue.keys.map((key) => ({
        code: 'unknown-field',
        path: [...path, key],
        message: `'${key.slice(0, 64)}' is not a field here${suggestion(key, ['opens', 'closes'])}`,
      }));

/** A union says of each of its members why it is not that one: the longest way in is what was meant. */
const meant = (issue: z.core.$ZodIssue): z.core.$ZodIssue => {
  if (issue.code !== 'invalid_union') return issue;
  const [deepest] = issue.errors.flat().sort((one, other) => other.path.length - one.path.length);
  const inner = issue.errors.flat().find(({ code }) => code === 'custom') ?? deepest;
  return inner === undefined ? issue : meant({ ...inner, path: [...issue.path, ...inner.path] });
};

const findingsOf = (given: z.core.$ZodIssue): readonly Finding[] => {
  const issue = meant(given);
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') return unknownBelow(issue, path);
  return [{ code: issue.code === 'invalid_type' ? 'wrong-type' : 'bad-value', path, message: issue.message }];
};

const warningsOf = (settings: ScheduleSettings): readonly Finding[] =>
  scheduleWarnings(mergeSchedules({ organisation: settings })).map(({ path, message }) => ({
    code: 'schedule-unlikely',
    path,
    message,
  }));

/** Reads `schedule.yaml`: when the trainees of the whole organisation get their drills. */
export const readSchedule = (tree: Tree): ScheduleReading => {
  const reading: Reading = { findings: [], spots: new Map(), languages: [] };
  fieldsOf(reading, { tree, path: [] }, fields);
  const parsed = tree.kind === 'map' ? scheduleSettingsSchema.safeParse(plain(reading, tree, [])) : undefined;
  for (const finding of parsed?.error?.issues.flatMap(findingsOf) ?? []) note(reading, finding);
  const settings = parsed?.data;
  return {
    ...(settings && { settings }),
    findings: [...reading.findings, ...(settings ? warningsOf(settings) : [])],
    spots: reading.spots,
  };
};
