import { z } from 'zod';
import { deliverySchema, expectsSchema, proactive, repeatsSchema, rungSchema } from './delivery';
import { drillContentSchema } from './drill';
import {
  channelSchema,
  commandIdSchema,
  drillHashSchema,
  drillSlugSchema,
  languageSchema,
  localDateSchema,
  phoneSchema,
  promptSlugSchema,
  runIdSchema,
  timestampSchema,
} from './ids';
import { ruled } from './ruling';
import { accountChangesSchema, accountSchema, consentSchema, profileChangesSchema } from './trainee';

/** Defines a command: `says` is its sentence in docs/messages.md. */
const command = <T extends string, S extends z.ZodRawShape>(type: T, says: string, shape: S) =>
  z
    .object({
      type: z.literal(type),
      schemaVersion: z.literal(1),
      commandId: commandIdSchema,
      phone: phoneSchema,
      at: timestampSchema,
      ...shape,
    })
    .meta({ description: says });

/** The longest text that a person can send: 1,600 characters of up to four UTF-16 units' worth of escapes is ample. */
const textSchema = z.string().max(6_400);

/**
 * A text from a phone. `media` counts its attachments, which are not read. `address` is the number as the carrier
 * writes it, where that differs from `phone`. `optOutType`: the carrier has acted on the word and answered it already.
 */
export const receiveSmsSchema = command(
  'ReceiveSms',
  'A text came from a phone. `media` counts its attachments, which are not read.',
  {
    text: textSchema,
    to: z.string().max(64).optional(),
    media: z.int().min(0).optional(),
    channel: channelSchema.optional(),
    address: z.string().min(1).max(64).optional(),
    optOutType: z.enum(['STOP', 'START', 'HELP']).optional(),
  },
);

export const startDrillSchema = command(
  'StartDrill',
  'Starts a drill by name, at its current revision, a given one, or with content that travels along. `expects` is where the trainee must be (`runId: null`: in no run); `repeats` are asked first. `last`: no drill is left after it.',
  {
    drill: drillSlugSchema,
    revision: drillHashSchema.optional(),
    content: drillContentSchema.optional(),
    runId: runIdSchema.optional(),
    reason: z.enum(['registered', 'requested', 'continued', 'scheduled', 'operator']),
    expects: expectsSchema.optional(),
    repeats: repeatsSchema.optional(),
    last: z.literal(true).optional(),
    ...proactive,
  },
);

export const repeatPromptsSchema = command(
  'RepeatPrompts',
  'Puts prompts of earlier drills again, in a run of their own, on a day that has no new drill. One whose drill or question is gone is left out; where none is left nothing begins. `expects` as in `StartDrill`.',
  {
    repeats: repeatsSchema.min(1),
    runId: runIdSchema,
    expects: expectsSchema.optional(),
    ...proactive,
  },
);

export const remindTraineeSchema = command(
  'RemindTrainee',
  'Puts the open question again; ignored unless that prompt of that run is still open. Each `rung` is heard once, until there is an answer.',
  { runId: runIdSchema, prompt: promptSlugSchema, rung: rungSchema.optional(), ...proactive },
);

/** Our own sentences that another service may ask for; the words are in `sms-copy`, in the trainee's language. */
export const noticeSchema = z.enum(['NoMoreDrills']);

const messageTextSchema = z.string().min(1).max(1_600);

export const sendMessageSchema = command(
  'SendMessage',
  'Sends a message of an operator, or one of our own notices. Never to someone who opted out. Of `texts` the one in the trainee’s language is taken; `text` is for all others.',
  {
    text: messageTextSchema.optional(),
    texts: z.record(languageSchema, messageTextSchema).optional(),
    mediaUrl: z.url({ protocol: /^https?$/ }).optional(),
    notice: noticeSchema.optional(),
    broadcastId: z.string().min(1).max(128).optional(),
    ...proactive,
  },
)
  .refine((c) => [c.text ?? c.texts ?? c.mediaUrl, c.notice].filter((x) => x !== undefined).length === 1, {
    message: 'takes either text, texts or mediaUrl (or several of them), or a notice',
  })
  .refine(({ texts }) => texts === undefined || Object.keys(texts).length > 0, {
    path: ['texts'],
    message: 'must hold at least one language',
  });

/** Merges into the profile and the account, where `null` forgets a field; `abandonDrill` drops the running drill, or the one that an opt-out cut off. */
export const updateTraineeSchema = command(
  'UpdateTrainee',
  'Merges into the profile and the account; `null` forgets a field. Unknown fields and blank ones are refused.',
  {
    profile: profileChangesSchema.optional(),
    account: accountChangesSchema.optional(),
    abandonDrill: z.boolean().optional(),
  },
);

export const enrolTraineeSchema = command(
  'EnrolTrainee',
  'Registers a phone by a code that the person gave elsewhere, or with the `account` that whoever enrols it vouches for: then the code is looked up nowhere, and only names where this came from. It never opts anybody in.',
  {
    code: z.string().max(64).regex(/\S/, 'must not be blank'),
    profile: profileChangesSchema.optional(),
    labels: z.array(z.string().min(1).max(64)).max(32).optional(),
    account: accountSchema.strict().optional(),
    consent: consentSchema.optional(),
    source: z.string().min(1).max(64),
  },
);

/** An opt-out that did not come as a text. There is no command that opts in. */
export const optOutTraineeSchema = command(
  'OptOutTrainee',
  'Opts a phone out without a text. No command opts in.',
  {
    source: z.enum(['operator', 'carrier']),
    detail: z.string().max(256).optional(),
    /** Our id of the text that the carrier refused. */
    messageId: commandIdSchema.optional(),
  },
);

export const abandonDrillSchema = command(
  'AbandonDrill',
  'Ends a run that nobody goes on with, or whose first text came too late to be sent; ignored when another run is going on.',
  { runId: runIdSchema, reason: z.enum(['expired', 'idle', 'operator']) },
);

const by = z.string().min(1).max(128);

export const pauseScheduleSchema = command(
  'PauseSchedule',
  'Stops what is proactive for this phone; replies and drills that they ask for go on. `until` is the first local date on which it comes again by itself. `delivery` is of the text that says so, where one does.',
  {
    reason: z.enum(['operator', 'unanswered']),
    until: localDateSchema.optional(),
    by: by.optional(),
    ...proactive,
  },
);

export const resumeScheduleSchema = command(
  'ResumeSchedule',
  'Goes on with what is proactive for this phone.',
  { by: by.optional() },
);

export const regradeReplySchema = command(
  'RegradeReply',
  'Puts on record what a person ruled on a reply; fields as in `ReplyRegraded`. The conversation goes on as it was. With `delivery` the trainee is told inside it that it was right after all, unless they opted out or are paused.',
  { ...ruled, delivery: deliverySchema.optional() },
);

export const eraseTraineeSchema = command(
  'EraseTrainee',
  'Forgets the person behind a phone: profile, account, registration and drill. An opt-out stays. `by` names who asked, never the person.',
  { by: by.optional() },
);

export const dialogCommandSchema = z.discriminatedUnion('type', [
  receiveSmsSchema,
  startDrillSchema,
  repeatPromptsSchema,
  remindTraineeSchema,
  sendMessageSchema,
  updateTraineeSchema,
  enrolTraineeSchema,
  optOutTraineeSchema,
  abandonDrillSchema,
  pauseScheduleSchema,
  resumeScheduleSchema,
  regradeReplySchema,
  eraseTraineeSchema,
]);

/** Everything that the dialog engine may be asked to do, keyed by phone on `dialog.commands.v1`. */
export type DialogCommand = Readonly<z.infer<typeof dialogCommandSchema>>;
export type CommandType = DialogCommand['type'];
/** One command by its type. */
export type Command<T extends CommandType> = Extract<DialogCommand, { type: T }>;
export type Notice = z.infer<typeof noticeSchema>;
