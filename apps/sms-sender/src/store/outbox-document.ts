import { commandIdSchema, drillSlugSchema, languageSchema, phoneSchema } from '@stopcovid/contracts';
import { readStored, type Stored } from '@stopcovid/mongo';
import { z } from 'zod';
import type { Outbox } from '../outbox/outbox';

const time = z.number();
const sentSchema = z.object({
  status: z.literal('SENT'),
  at: time,
  sid: z.string(),
  from: z.string().exactOptional(),
});
const deliverySchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('READY') }),
  z.object({ status: z.literal('IN_FLIGHT'), since: time, by: z.string().exactOptional() }),
  z.object({
    status: z.literal('AMBIGUOUS'),
    since: time,
    looks: z.int(),
    reason: z.string(),
    lookedBy: z.string().exactOptional(),
  }),
  sentSchema,
  z.object({ status: z.literal('FAILED'), at: time, code: z.string(), message: z.string() }),
]);

const plannedSchema = z.object({
  notAfter: time,
  windows: z.array(z.object({ opens: time, closes: time })),
  batch: z.int(),
  runId: z.string().exactOptional(),
});

const itemSchema = z.object({
  id: z.string(),
  commandId: commandIdSchema.exactOptional(),
  to: z.string().exactOptional(),
  body: z.string(),
  media: z.string().exactOptional(),
  kind: z.enum(['reply', 'started', 'reminder', 'message', 'consent']),
  messagingServiceSid: z.string().exactOptional(),
  employerId: z.string().exactOptional(),
  unitId: z.string().exactOptional(),
  language: languageSchema.exactOptional(),
  drill: drillSlugSchema.exactOptional(),
  planned: plannedSchema.exactOptional(),
  again: z.object({ of: z.string(), times: z.int(), notBefore: time }).exactOptional(),
  forgotten: z.literal(true).exactOptional(),
  createdAt: time,
  attempts: z.int(),
  delivery: deliverySchema,
});

const parkedSchema = itemSchema
  .pick({ id: true, body: true, media: true, createdAt: true })
  .extend({ parkedAt: time, reason: z.string() });

/** What is read of a document in `outboxes`. A field that comes later is `exactOptional`: earlier documents lack it. */
export const outboxDocumentSchema = z.object({
  _id: phoneSchema,
  version: z.int(),
  partition: z.int(),
  lastVersion: z.int(),
  lastOffset: z.string().nullable(),
  optedOut: z.boolean(),
  carrierOptOut: z.boolean(),
  consentVersion: z.int().exactOptional(),
  optedInVersion: z.int().exactOptional(),
  optedInAt: time.exactOptional(),
  doubtfulTo: z.int().exactOptional(),
  notBefore: time,
  pending: z.array(itemSchema),
  recentSids: z.array(z.string()),
  parked: z.array(parkedSchema),
  repeats: z.array(z.object({ text: z.string(), since: time, count: z.int() })).exactOptional(),
  sentLately: z.array(itemSchema.extend({ delivery: sentSchema })).exactOptional(),
});

/** The outbox that a document holds, or why it cannot be read. */
export const readOutbox = (document: unknown): Stored<Outbox> => {
  const read = readStored(outboxDocumentSchema, document);
  if (read.kind === 'unreadable') return read;
  const { _id: phone, version: revision, lastOffset, ...content } = read.value;
  return {
    kind: 'readable',
    value: {
      phone,
      revision,
      ...content,
      ...(lastOffset === null ? {} : { lastOffset }),
    },
  };
};
