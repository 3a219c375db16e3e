import { z } from 'zod';
import { drillContentSchema } from './drill';
import {
  channelSchema,
  commandIdSchema,
  drillHashSchema,
  drillSlugSchema,
  phoneSchema,
  promptSlugSchema,
  runIdSchema,
  timestampSchema,
} from './ids';
import { accountChangesSchema, profileChangesSchema } from './trainee';

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
  'Starts a drill by name, at its current revision, a given one, or with content that travels along.',
  {
    drill: drillSlugSchema,
    revision: drillHashSchema.optional(),
    content: drillContentSchema.optional(),
    runId: runIdSchema.optional(),
    reason: z.enum(['registered', 'requested', 'continued', 'scheduled', 'operator']),
  },
);

export const remindTraineeSchema = command(
  'RemindTrainee',
  'Puts the open question again; ignored unless that prompt of that run is still open.',
  { runId: runIdSchema, prompt: promptSlugSchema },
);

/** Our own sentences that another service may ask for; the words are in `sms-copy`, in the trainee's language. */
export const noticeSchema = z.enum(['NoMoreDrills']);

export const sendMessageSchema = command(
  'SendMessage',
  'Sends a message of an operator, or one of our own notices. Never to someone who opted out.',
  {
    text: z.string().min(1).max(1_600).optional(),
    mediaUrl: z.url({ protocol: /^https?$/ }).optional(),
    notice: noticeSchema.optional(),
  },
).refine((c) => [c.text ?? c.mediaUrl, c.notice].filter((x) => x !== undefined).length === 1, {
  message: 'takes either text or mediaUrl (or both), or a notice',
});

/** Merges into the profile and the account, where `null` forgets a field; `abandonDrill` drops the running drill. */
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
  'Registers a phone by a code that the person gave elsewhere. It never opts anybody in.',
  {
    code: z.string().max(64).regex(/\S/, 'must not be blank'),
    profile: profileChangesSchema.optional(),
    labels: z.array(z.string().min(1).max(64)).max(32).optional(),
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

export const dialogCommandSchema = z.discriminatedUnion('type', [
  receiveSmsSchema,
  startDrillSchema,
  remindTraineeSchema,
  sendMessageSchema,
  updateTraineeSchema,
  enrolTraineeSchema,
  optOutTraineeSchema,
]);

/** Everything that the dialog engine may be asked to do, keyed by phone on `dialog.commands.v1`. */
export type DialogCommand = Readonly<z.infer<typeof dialogCommandSchema>>;
export type CommandType = DialogCommand['type'];
/** One command by its type. */
export type Command<T extends CommandType> = Extract<DialogCommand, { type: T }>;
export type Notice = z.infer<typeof noticeSchema>;
