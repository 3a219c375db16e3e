import { z } from 'zod';
import { channelSchema, drillSlugSchema, languageSchema, phoneSchema, timestampSchema } from './ids';

/** Defines a record: `says` is its sentence in docs/messages.md. */
const record = <T extends string, S extends z.ZodRawShape>(type: T, says: string, shape: S) =>
  z
    .object({
      type: z.literal(type),
      schemaVersion: z.literal(1),
      phone: phoneSchema,
      at: timestampSchema,
      channel: channelSchema.optional(),
      ...shape,
    })
    .meta({ description: says });

const sid = z.string().min(1).max(64);

/** What the carrier charged for a message, in millionths of a currency (ISO 4217): 7,900 of USD are $0.0079. */
const priceSchema = z.object({
  millionths: z.int(),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters, as ISO 4217 has them'),
});

/** Twilio's message statuses, in no order. */
export const carrierStatusSchema = z.enum([
  'accepted',
  'scheduled',
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'read',
  'canceled',
  'receiving',
  'received',
  'partially_delivered',
]);
export type CarrierStatus = z.infer<typeof carrierStatusSchema>;

/** How a text is coded on its way: seven bits of GSM 03.38, or UTF-16. */
export const smsEncodingSchema = z.enum(['GSM-7', 'UCS-2']);
export type SmsEncoding = z.infer<typeof smsEncodingSchema>;

export const smsLogRecordSchema = z.discriminatedUnion('type', [
  record('SmsReceived', 'A text that came in, as the carrier gave it.', {
    sid,
    to: z.string(),
    body: z.string(),
    mediaUrls: z.array(z.string()),
    segments: z.int().min(0).optional(),
  }),
  /**
   * A message that the carrier accepted (`sid`), or refused for good (`error`). `messageId` is ours; `kind` is why it was
   * sent (reply, started, reminder, message or consent), `employerId` who pays for its `segments`.
   * `unitId` and `language` are the trainee's when it was made, `drill` is the one that it is of.
   */
  record('SmsSent', 'A message that the carrier took (`sid`) or refused for good (`error`).', {
    messageId: z.string(),
    sid: sid.optional(),
    from: z.string().optional(),
    body: z.string(),
    mediaUrls: z.array(z.string()),
    error: z.object({ code: z.string(), message: z.string() }).optional(),
    segments: z.int().min(0).optional(),
    encoding: smsEncodingSchema.optional(),
    kind: z.string().optional(),
    employerId: z.string().max(128).optional(),
    unitId: z.string().max(128).optional(),
    language: languageSchema.optional(),
    drill: drillSlugSchema.optional(),
  }),
  /**
   * Of a text that came in, `employerId`, `unitId` and `language` are its trainee's once it had been decided on. `price` is
   * what the carrier charged, as far as it had said so by then: of two the later record holds.
   */
  record('SmsStatusChanged', 'What became known of a message later; in any order.', {
    sid,
    messageId: z.string().optional(),
    status: carrierStatusSchema,
    errorCode: z.string().optional(),
    price: priceSchema.optional(),
    employerId: z.string().max(128).optional(),
    unitId: z.string().max(128).optional(),
    language: languageSchema.optional(),
  }),
]);

/** Everything on `sms.log.v1`: what came in, what went out, and what became of it. */
export type SmsLogRecord = Readonly<z.infer<typeof smsLogRecordSchema>>;
