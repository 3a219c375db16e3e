import {
  compileSchedule,
  mergeSchedules,
  parseDate,
  parseZone,
  scheduleSettingsSchema,
  type Instant,
  type LocalDate,
  type Parsed,
  type Schedule,
  type TimeZone,
} from '@stopcovid/calendar';
import { drillSlugSchema, phoneSchema, promptSlugSchema, runIdSchema } from '@stopcovid/contracts';
import type { Occurrence, Plan, RunningDrill, Standing } from './standing';

const taken = <Value>(parsed: Parsed<Value>): Value => {
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value;
};

export const zone = (name: string): TimeZone => taken(parseZone(name));
export const date = (text: string): LocalDate => taken(parseDate(text));
export const at = (text: string): Instant => Date.parse(text);
export const utc = (instant: Instant): string => `${new Date(instant).toISOString().slice(0, 16)}Z`;
export const minute = (text: string): number => (at(`1970-01-01T${text}Z`) / 60_000) | 0;

export const handwashing = drillSlugSchema.parse('handwashing');
export const howLong = promptSlugSchema.parse('how-long');

/** A schedule of the organisation with these settings, in a window of the whole day unless they say otherwise. */
export const schedule = (given: unknown = {}): Schedule => {
  const organisation = scheduleSettingsSchema.parse({
    window: { opens: '00:00', closes: '24:00' },
    ...(given as object),
  });
  return compileSchedule(mergeSchedules({ organisation }), 'daily');
};

/** A trainee in this zone who has registered long ago, and whose last drill began then. */
export const trainee = (name: string | null, change: Partial<Standing> = {}): Standing => ({
  phone: phoneSchema.parse('+12025550143'),
  registered: true,
  optedOut: false,
  active: true,
  paused: null,
  zone: name === null ? null : { name: zone(name), source: 'trainee' },
  eligibleSince: at('2026-01-01T00:00Z'),
  lastStartAt: null,
  freeSince: null,
  settledThrough: null,
  postponed: null,
  running: null,
  nextDrill: handwashing,
  missed: [],
  messages: [],
  steps: [],
  ...change,
});

/** A drill whose prompt was asked then and not answered. */
export const running = (
  askedAt: string,
  open: Partial<NonNullable<RunningDrill['open']>> = {},
): RunningDrill => ({
  runId: runIdSchema.parse('run-1'),
  lastAnsweredAt: at(askedAt),
  open: { prompt: howLong, askedAt: at(askedAt), rung: 0, remindedAt: null, ...open },
});

export const next = (plan: Plan, kind: Occurrence['kind'] = 'drill'): string | null => {
  const occurrence = plan.occurrences.find((one) => one.kind === kind);
  return occurrence === undefined ? null : utc(occurrence.dueAt);
};

/** What most schedules of specs have. */
export const day = { window: { opens: '09:00', closes: '21:00' } };
export const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'];
/** When a question that was missed comes again. */
export const ladder = { afterDays: [1, 3, 7], retireAfter: 2 };
