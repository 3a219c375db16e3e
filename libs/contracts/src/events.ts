import { z } from 'zod';
import { noticeSchema } from './commands';
import {
  channelSchema,
  commandIdSchema,
  drillHashSchema,
  drillSlugSchema,
  languageSchema,
  optionIdSchema,
  phoneSchema,
  promptSlugSchema,
  runIdSchema,
  timestampSchema,
} from './ids';
import { accountSchema, answerValueSchema, profileChangesSchema, traineeSchema } from './trainee';

const event = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), ...shape });

/**
 * A question as it was put, in the trainee's language: templates, not yet filled in, with the options that
 * `{{options}}` stands for. `position` counts from 1 to `of`.
 */
export const askedPromptSchema = z.object({
  slug: promptSlugSchema,
  language: languageSchema,
  position: z.int().min(1),
  of: z.int().min(1),
  messages: z.array(z.object({ text: z.string().optional(), media: z.string().optional() })),
  options: z.array(z.object({ id: optionIdSchema, text: z.string() })).optional(),
});

/** In what has happened, a field of a later release is left out like any other; only a command is refused for it. */
const changedProfileSchema = profileChangesSchema.strip();

const run = { runId: runIdSchema, drill: drillSlugSchema };
const answer = { ...run, prompt: promptSlugSchema, response: z.string().nullable(), rule: z.string() };
/** The open question, put again after an answer to something else. */
const reasked = { prompt: askedPromptSchema.optional() };

export const dialogEventSchema = z.discriminatedUnion('type', [
  /** The code was good: the phone has an account. `source` is `text` or who enrolled it. */
  event('TraineeRegistered', {
    code: z.string(),
    demo: z.boolean(),
    source: z.string(),
    account: accountSchema,
    profile: changedProfileSchema.optional(),
  }),
  event('RegistrationRefused', { code: z.string(), source: z.string() }),
  /** The registration service did not answer in time; nothing was decided about the code. */
  event('RegistrationUnavailable', { code: z.string(), source: z.string() }),
  /** `account` is what was told anew, `forgotten` names the fields of the account that are no longer known. */
  event('TraineeUpdated', {
    profile: changedProfileSchema,
    account: accountSchema,
    forgotten: z.array(z.string()).optional(),
  }),
  /** For the ledger of consent: `messageId` is that of the text, `language` what its sender read at the time. */
  event('TraineeOptedOut', {
    source: z.enum(['text', 'operator', 'carrier']),
    word: z.string().optional(),
    detail: z.string().optional(),
    language: languageSchema.optional(),
    messageId: commandIdSchema.optional(),
  }),
  /** `confirmedBy` the carrier: it has told the trainee already. */
  event('TraineeOptedIn', {
    source: z.literal('text'),
    word: z.string(),
    confirmedBy: z.literal('carrier').optional(),
    language: languageSchema.optional(),
    messageId: commandIdSchema.optional(),
  }),
  /** A text that is no keyword plainly asked us to stop: we ask back, once. */
  event('OptOutQuestioned', { text: z.string() }),
  /** The next text did not confirm it. */
  event('OptOutDeclined', {}),
  /** From now on the trainee is written to by the channel and at the address of this text. */
  event('ChannelChanged', { channel: channelSchema, address: z.string().max(64).optional() }),
  event('DrillStarted', { ...run, revision: drillHashSchema, reason: z.string(), prompt: askedPromptSchema }),
  /** `correct` is absent where nothing was graded; `stored` is what went into the profile. */
  event('PromptCompleted', {
    ...answer,
    attempt: z.int().min(1),
    correct: z.literal(true).optional(),
    option: optionIdSchema.optional(),
    stored: z.object({ field: z.string(), value: answerValueSchema }).optional(),
  }),
  /**
   * `abandoned`: that was the last attempt, `correctAnswer` is revealed and the drill moves on. `graded` is false where a
   * reply could not be stored but no answer is right.
   */
  event('PromptFailed', {
    ...answer,
    attempt: z.int().min(1),
    option: optionIdSchema.optional(),
    abandoned: z.boolean(),
    graded: z.literal(false).optional(),
    correctAnswer: z.string().optional(),
  }),
  event('PromptAdvanced', { ...run, prompt: askedPromptSchema }),
  /** `right` of `graded` questions were answered rightly, at whichever attempt. */
  event('DrillCompleted', {
    ...run,
    right: z.int().min(0),
    graded: z.int().min(0),
    autoContinue: z.boolean(),
  }),
  event('DrillAbandoned', {
    ...run,
    prompt: promptSlugSchema.optional(),
    reason: z.enum(['replaced', 'optedOut', 'updated', 'keyword', 'registered']),
  }),
  /** A schedule wanted to start a drill, and it was held back. Who keeps schedules sets it anew on this event. */
  event('DrillPostponed', { drill: drillSlugSchema, reason: z.enum(['congestion', 'budget']) }),
  /** The trainee asked for the next drill of the course. */
  event('NextDrillRequested', { word: z.string() }),
  /** The trainee asked for a drill by a keyword; `drill` is the one it names, if it names one. */
  event('DrillRequested', { word: z.string(), drill: drillSlugSchema.optional() }),
  event('TraineeReminded', { ...run, prompt: askedPromptSchema }),
  event('MessageRequested', {
    text: z.string().optional(),
    mediaUrl: z.string().optional(),
    notice: noticeSchema.optional(),
  }),
  event('MenuRequested', reasked),
  event('SupportRequested', reasked),
  event('InfoRequested', reasked),
  event('HelpRequested', { word: z.string(), ...reasked }),
  event('DemoRequested', { word: z.string() }),
  event('ThanksReceived', { text: z.string() }),
  event('TextNotUnderstood', { text: z.string(), media: z.int().min(0).optional() }),
]);

/** Everything that can have happened in a dialog. */
export type DialogEvent = Readonly<z.infer<typeof dialogEventSchema>>;
export type EventType = DialogEvent['type'];
/** One event by its type. */
export type Event<T extends EventType> = Extract<DialogEvent, { type: T }>;
export type AskedPrompt = z.infer<typeof askedPromptSchema>;

/** All event types, for tables that must name each. */
export const eventTypes: readonly EventType[] = dialogEventSchema.options.map(
  (option) => option.shape.type.value,
);

/** What surrounds the events of one command on `dialog.events.v1`. `version` counts 1, 2, 3 … per phone without holes. */
export const batchEnvelopeSchema = z.object({
  type: z.literal('EventBatch'),
  schemaVersion: z.literal(1),
  phone: phoneSchema,
  at: timestampSchema,
  version: z.int().min(1),
  commandId: commandIdSchema,
  commandType: z.string(),
  trainee: traineeSchema,
});

/** All that one command led to, with the trainee after it. An event's id is `phone:version:index`. */
export type EventBatch = Readonly<z.infer<typeof batchEnvelopeSchema>> & {
  readonly events: readonly DialogEvent[];
};

/**
 * How a batch relates to the last version that a reader has of its phone: `next` is applied, `seen` dropped; a `gap`
 * is never skipped.
 */
export const orderOf = (lastVersion: number, version: number): 'next' | 'seen' | 'gap' => {
  if (version <= lastVersion) return 'seen';
  return version === lastVersion + 1 ? 'next' : 'gap';
};
