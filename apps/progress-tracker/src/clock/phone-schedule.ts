import {
  commandIdSchema,
  drillSlugSchema,
  phoneSchema,
  promptSlugSchema,
  runIdSchema,
} from '@stopcovid/contracts';
import { z } from 'zod';

/* All times are milliseconds since 1970, as the calendar has them. */
const instant = z.number();

const traineeSchema = z.object({
  registered: z.boolean(),
  optedOut: z.boolean(),
  employerId: z.string().nullable(),
  unitId: z.string().nullable(),
  personId: z.string().nullable(),
  zone: z.object({ name: z.string(), source: z.enum(['trainee', 'import']) }).nullable(),
  days: z.array(z.string()).nullable(),
  time: z.string().nullable(),
  paused: z.object({ since: instant, until: z.string().nullable() }).nullable(),
  /** Their dates by name, and since when each name has had one; left out where there are none. */
  dates: z.record(z.string(), z.object({ date: z.string(), since: instant })).exactOptional(),
});

const openSchema = z.object({
  prompt: promptSlugSchema,
  askedAt: instant,
  rung: z.int(),
  remindedAt: instant.nullable(),
});

const missedSchema = z.object({
  drill: drillSlugSchema,
  prompt: promptSlugSchema,
  missedAt: instant,
  /** When it was right again since. */
  rightAt: z.array(instant),
  /** The pauses since the last answer. */
  pauses: z.array(z.object({ from: instant, to: instant })),
});

/** What has become of one occurrence; `reason` says why it was not published, or not when its rule says. */
const pastSchema = z.object({
  kind: z.string(),
  nominal: z.string(),
  at: instant,
  outcome: z.enum(['published', 'passed', 'heldBack']),
  reason: z.string().nullable(),
});

/**
 * What became of a step of a drip. One that has passed did so on the date that it then had; one that was published is
 * remembered by its command, for the engine may hold that back, and by how many there were of it.
 */
const stepMarkSchema = z.object({
  step: z.string(),
  date: z.string(),
  outcome: z.enum(['published', 'passed']),
  commandId: z.string().nullable(),
  tries: z.int(),
});

const clockSchema = z.object({
  /** The start that was published last: the local date that it was for, and which try on it. */
  start: z.object({ commandId: z.string(), date: z.string(), at: instant }).nullable(),
  reminder: z
    .object({ runId: runIdSchema, prompt: promptSlugSchema, askedAt: instant, rung: z.int(), at: instant })
    .nullable(),
  abandoned: z.object({ runId: runIdSchema, at: instant }).nullable(),
  paused: z.object({ runId: runIdSchema, askedAt: instant, at: instant }).nullable(),
  /** An occurrence that an outage made late, and when its turn is. */
  turn: z.object({ commandId: z.string(), at: instant }).nullable(),
  settledThrough: instant.nullable(),
  tzVersion: z.string().nullable(),
  /** The steps of drips that are behind; left out where there are none. */
  drips: z.array(stepMarkSchema).exactOptional(),
  /** The latest occurrences, the last one first. */
  last: z.array(pastSchema),
});

const documentSchema = z.object({
  _id: phoneSchema,
  partition: z.int(),
  version: z.int(),
  trainee: traineeSchema,
  eligibleSince: instant,
  lastStartAt: instant.nullable(),
  freeSince: instant.nullable(),
  running: z.object({ runId: runIdSchema, lastAnsweredAt: instant, open: openSchema.nullable() }).nullable(),
  heldBack: z
    .object({ occurrence: z.string().nullable(), reason: z.string(), at: instant, times: z.int() })
    .nullable(),
  drills: z.array(z.object({ drill: drillSlugSchema, started: z.int(), completed: z.int() })),
  missed: z.array(missedSchema),
  /** The commands of drips that were carried out; left out where there are none. */
  drips: z.array(commandIdSchema).exactOptional(),
  nextAt: instant.nullable(),
  clock: clockSchema,
  writeId: z.string(),
});

/** A phone's schedule, as stored. */
export type ScheduleDocument = z.infer<typeof documentSchema>;

/** What the clock has done for a phone. No fold of events knows it. */
export type ClockMarks = Readonly<z.infer<typeof clockSchema>>;
export type StepMark = Readonly<z.infer<typeof stepMarkSchema>>;
export type PastOccurrence = Readonly<z.infer<typeof pastSchema>>;
export type MissedAnswer = Readonly<z.infer<typeof missedSchema>>;

/**
 * Where a phone's trainee stands, as far as its schedule depends on it: a fold of events but for `nextAt`, when the clock
 * looks at it again, and `clock`, what the clock has done. `writeId` is the write that left it as it was read.
 */
export type PhoneSchedule = Readonly<Omit<ScheduleDocument, '_id' | 'writeId'>> & {
  readonly phone: ScheduleDocument['_id'];
  readonly writeId?: string;
};

/** A document as the domain has it. */
export const storedPhoneScheduleSchema: z.ZodType<PhoneSchedule> = documentSchema.transform(
  ({ _id, ...rest }) => ({ phone: _id, ...rest }),
);

/** The clock looks at it at once. */
export const atOnce = 0;

/** How many of the latest occurrences are kept. */
export const mostPast = 10;

/** What the clock has done for a phone that it never looked at. */
export const untouched: ClockMarks = {
  start: null,
  reminder: null,
  abandoned: null,
  paused: null,
  turn: null,
  settledThrough: null,
  tzVersion: null,
  last: [],
};
