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

const command = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({
    type: z.literal(type),
    schemaVersion: z.literal(1),
    commandId: commandIdSchema,
    phone: phoneSchema,
    at: timestampSchema,
    ...shape,
  });

/** The longest text that a person can send: 1,600 characters of up to four UTF-16 units' worth of escapes is ample. */
const textSchema = z.string().max(6_400);

/**
 * A text from a phone. `media` counts its attachments, which are not read. `address` is the number as the carrier
 * writes it, where that differs from `phone`. `optOutType`: the carrier has acted on the word and answered it already.
 */
export const receiveSmsSchema = command('ReceiveSms', {
  text: textSchema,
  to: z.string().max(64).optional(),
  media: z.int().min(0).optional(),
  channel: channelSchema.optional(),
  address: z.string().min(1).max(64).optional(),
  optOutType: z.enum(['STOP', 'START', 'HELP']).optional(),
});

/** Starts a drill by name; with `revision` that very content, with `content` a drill that travels with the command. */
export const startDrillSchema = command('StartDrill', {
  drill: drillSlugSchema,
  revision: drillHashSchema.optional(),
  content: drillContentSchema.optional(),
  runId: runIdSchema.optional(),
  reason: z.enum(['registered', 'requested', 'continued', 'scheduled', 'operator']),
});

/** Reminds of an open question; ignored unless that very prompt of that very run is still open. */
export const remindTraineeSchema = command('RemindTrainee', { runId: runIdSchema, prompt: promptSlugSchema });

/** Our own sentences that another service may ask for; the words are in `sms-copy`, in the trainee's language. */
export const noticeSchema = z.enum(['NoMoreDrills']);

/** One message of an operator's, or one of our own notices. Never sent to who opted out. */
export const sendMessageSchema = command('SendMessage', {
  text: z.string().min(1).max(1_600).optional(),
  mediaUrl: z.url({ protocol: /^https?$/ }).optional(),
  notice: noticeSchema.optional(),
}).refine((c) => [c.text ?? c.mediaUrl, c.notice].filter((x) => x !== undefined).length === 1, {
  message: 'takes either text or mediaUrl (or both), or a notice',
});

/** Merges into the profile and the account, where `null` forgets a field; `abandonDrill` drops the running drill. */
export const updateTraineeSchema = command('UpdateTrainee', {
  profile: profileChangesSchema.optional(),
  account: accountChangesSchema.optional(),
  abandonDrill: z.boolean().optional(),
});

/** Registers a phone by a code that the person gave elsewhere, such as a website. It never opts anybody in again. */
export const enrolTraineeSchema = command('EnrolTrainee', {
  code: z.string().max(64).regex(/\S/, 'must not be blank'),
  profile: profileChangesSchema.optional(),
  labels: z.array(z.string().min(1).max(64)).max(32).optional(),
  source: z.string().min(1).max(64),
});

/** An opt-out that did not come as a text. There is no command that opts in. */
export const optOutTraineeSchema = command('OptOutTrainee', {
  source: z.enum(['operator', 'carrier']),
  detail: z.string().max(256).optional(),
  /** Our id of the text that the carrier refused. */
  messageId: commandIdSchema.optional(),
});

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
