import { parseZone, type LocalDate, type TimeZone } from '@stopcovid/calendar';
import {
  drillHashSchema,
  drillSlugSchema,
  localDateSchema,
  phoneSchema,
  promptSlugSchema,
  ratingOfSchema,
  runIdSchema,
} from '@stopcovid/contracts';
import { Schema } from 'mongoose';
import { z } from 'zod';
import { given } from '../given';
import { runStatuses, type DrillRun, type PromptProgress } from './drill-run';
import { verdicts } from './judged-reply';
import { countsOf, replyDaysOf } from '../figures/run-facts';
import { scoresOf } from './run-score';

/** What became of a prompt, as stored. */
export const promptSchema = z.object({
  prompt: promptSlugSchema,
  askedAt: z.date(),
  attempts: z.int(),
  correct: z.boolean().nullable(),
  /* An empty reply is null too, so an answer is not told from its words. */
  answered: z.boolean(),
  lastResponse: z.string().nullable(),
  lastRespondedAt: z.date().nullable(),
  remindedAt: z.date().nullable(),
  repeatOf: drillSlugSchema.exactOptional(),
  reminders: z
    .array(z.object({ at: z.date(), answeredAt: z.date().exactOptional() }))
    .readonly()
    .exactOptional(),
});
type PromptDocument = z.infer<typeof promptSchema>;

/** A local day, as stored. What is no text is told without parsing it, which takes long to fail. */
export const localDate = z.custom<LocalDate>(
  (value) => typeof value === 'string' && localDateSchema.safeParse(value).success,
);
const timeZone = z.custom<TimeZone>((value) => typeof value === 'string' && parseZone(value).ok);

const groupsSchema = z.object({
  employerId: z.string().exactOptional(),
  unitId: z.string().exactOptional(),
  labels: z.array(z.string()).readonly().exactOptional(),
  language: z.string(),
  demo: z.boolean(),
  zone: timeZone,
  day: localDate,
});

/** A judged reply, as stored. */
export const replySchema = z.object({
  prompt: promptSlugSchema,
  at: z.date(),
  response: z.string().nullable(),
  verdict: z.enum(verdicts),
  rule: z.string(),
  attempt: z.int().exactOptional(),
  option: z.string().exactOptional(),
  afterMs: z.int().exactOptional(),
  reminded: z.literal(true).exactOptional(),
  repeatOf: drillSlugSchema.exactOptional(),
  judged: z.enum(verdicts).exactOptional(),
  ruling: z.object({ group: z.string(), number: z.int() }).exactOptional(),
  rating: z.object({ asks: ratingOfSchema, value: z.int(), least: z.int(), most: z.int() }).exactOptional(),
});

/** What the replies of a run come to, as stored. */
const scoresSchema = z.object({
  /* That of the run which they are of: a release that does not know them writes past them. */
  version: z.int(),
  score: z.object({ right: z.int(), of: z.int() }).exactOptional(),
  right: z.int().exactOptional(),
  passed: z.boolean().exactOptional(),
});

/** A run, as stored. */
export const runDocumentSchema = z.object({
  _id: runIdSchema,
  version: z.int(),
  phone: phoneSchema,
  startedVersion: z.int(),
  drill: drillSlugSchema,
  revision: drillHashSchema,
  reason: z.string(),
  repeatsOnly: z.literal(true).exactOptional(),
  passMark: z.int().exactOptional(),
  status: z.enum(runStatuses),
  startedAt: z.date(),
  endedAt: z.date().nullable(),
  abandonedBecause: z.string().nullable(),
  right: z.int().nullable(),
  graded: z.int().nullable(),
  prompts: z.array(promptSchema),
  /* Later than the rest: a document of an earlier release has none of them. */
  groups: groupsSchema.exactOptional(),
  replies: z.array(replySchema).readonly().exactOptional(),
  endedDay: localDate.exactOptional(),
  /* The version that replies and the day of the end include: a release that knows neither writes past them. */
  repliesVersion: z.int().exactOptional(),
  superseded: z.literal(true).exactOptional(),
  /* When the batch of this version was: a release that does not know it writes past it. */
  changed: z.object({ at: z.date(), version: z.int() }).exactOptional(),
  /* What the run adds to figures, so that the database can sum it: it follows from the rest. */
  counts: z.record(z.string(), z.int()).readonly().exactOptional(),
  /* The local days of its replies, which follow from the rest too. */
  replyDays: z.array(localDate).readonly().exactOptional(),
  /* And what its replies come to, so that a list need not read them. */
  scores: scoresSchema.exactOptional(),
});

/** A run as stored, but for the mark of its last write. */
export type RunDocument = z.infer<typeof runDocumentSchema> & { readonly writeId: string };

/** The runs by their ids, in the collection named. */
export const runsSchema = (collection: string): Schema<RunDocument> =>
  new Schema<RunDocument>(
    {
      _id: String,
      version: Number,
      phone: String,
      startedVersion: Number,
      drill: String,
      revision: String,
      reason: String,
      repeatsOnly: Boolean,
      passMark: Number,
      status: String,
      startedAt: Date,
      endedAt: Date,
      abandonedBecause: String,
      right: Number,
      graded: Number,
      prompts: [Schema.Types.Mixed],
      groups: Schema.Types.Mixed,
      replies: { type: [Schema.Types.Mixed], default: undefined },
      endedDay: String,
      repliesVersion: Number,
      superseded: Boolean,
      changed: Schema.Types.Mixed,
      counts: Schema.Types.Mixed,
      replyDays: { type: [String], default: undefined },
      scores: Schema.Types.Mixed,
    },
    { collection, versionKey: false, minimize: false },
  )
    .index({ phone: 1, startedVersion: -1 })
    .index({ 'groups.employerId': 1, 'groups.day': 1, _id: 1 })
    .index({ 'groups.day': 1, _id: 1 })
    .index({ drill: 1, status: 1 })
    .index({ status: 1, 'groups.day': 1, _id: 1 })
    .index({ 'changed.at': 1 });

/** The given fields, without those that are null. */
const present = <T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } => {
  const kept: { [K in keyof T]?: NonNullable<T[K]> } = {};
  for (const name in fields) if (fields[name] !== null) Reflect.set(kept, name, fields[name]);
  return kept;
};

const toPrompt = ({ answered, lastResponse, ...rest }: PromptDocument): PromptProgress => {
  const { prompt, askedAt, attempts, ...maybe } = rest;
  return { prompt, askedAt, attempts, ...present(maybe), ...(answered ? { lastResponse } : {}) };
};

const fromPrompt = (progress: PromptProgress): PromptDocument => ({
  ...progress,
  correct: progress.correct ?? null,
  answered: progress.lastResponse !== undefined,
  lastResponse: progress.lastResponse ?? null,
  lastRespondedAt: progress.lastRespondedAt ?? null,
  remindedAt: progress.remindedAt ?? null,
});

type Late<Reply> = Pick<RunDocument, 'version' | 'repliesVersion'> & { readonly replies?: readonly Reply[] };

/** Replies, where they include all of the run. */
export const wholeReplies = <Reply>({ version, repliesVersion, replies }: Late<Reply>) =>
  repliesVersion === version && replies !== undefined ? { replies } : {};

const endedDayOf = ({
  version,
  repliesVersion,
  endedDay,
}: Pick<RunDocument, 'version' | 'repliesVersion' | 'endedDay'>) =>
  repliesVersion === version && endedDay !== undefined ? { endedDay } : {};

const changeOf = ({ version, changed }: Pick<RunDocument, 'version' | 'changed'>) =>
  changed?.version === version ? { changedAt: changed.at } : {};

type Followed = 'prompts' | 'replies' | 'counts' | 'replyDays' | 'scores' | 'writeId';

/** A document as the domain has it, but for its prompts and replies. */
export const toUnanswered = ({
  _id: runId,
  endedDay,
  repliesVersion,
  changed,
  ...rest
}: Omit<RunDocument, Followed>) => {
  const { endedAt, abandonedBecause, right, graded, ...run } = rest;
  return {
    runId,
    ...run,
    ...present({ endedAt, abandonedBecause, right, graded }),
    ...endedDayOf({ version: run.version, ...given({ endedDay, repliesVersion }) }),
    ...changeOf({ version: run.version, ...given({ changed }) }),
  };
};

/** A document as the domain has it, but for its prompts: with as much of the replies as was read. */
export const toAnswered = <Reply>({
  replies,
  ...document
}: Omit<RunDocument, Followed> & { readonly replies?: readonly Reply[] }) => {
  const { version, repliesVersion } = document;
  return {
    ...toUnanswered(document),
    ...wholeReplies({ version, ...given({ repliesVersion, replies }) }),
  };
};

/** A document as the domain has it. */
export const storedRunSchema: z.ZodType<DrillRun> = runDocumentSchema.transform(
  ({ counts: _counts, replyDays: _days, scores: _scores, prompts, ...run }) => ({
    ...toAnswered(run),
    prompts: prompts.map(toPrompt),
  }),
);

/** What is set on the document of a run. */
export const fromRun = ({ runId, changedAt, ...run }: DrillRun): Omit<RunDocument, '_id' | 'writeId'> => ({
  ...run,
  ...(changedAt && { changed: { at: changedAt, version: run.version } }),
  endedAt: run.endedAt ?? null,
  abandonedBecause: run.abandonedBecause ?? null,
  right: run.right ?? null,
  graded: run.graded ?? null,
  prompts: run.prompts.map(fromPrompt),
  ...(run.replies && { repliesVersion: run.version }),
  scores: { version: run.version, ...scoresOf(run) },
  ...(run.groups && { counts: countsOf({ runId, ...run }), replyDays: replyDaysOf({ runId, ...run }) }),
});
