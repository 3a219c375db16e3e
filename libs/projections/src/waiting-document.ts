import { phoneSchema } from '@stopcovid/contracts';
import { readStored } from '@stopcovid/mongo';
import { z } from 'zod';
import type { Waiting } from './waiting';

const offsetSchema = z.string().regex(/^\d{1,19}$/);

const documentSchema = z.object({
  _id: phoneSchema,
  partition: z.int(),
  after: z.int(),
  readFrom: offsetSchema,
  found: z.int().exactOptional(),
  passedTo: offsetSchema.exactOptional(),
  unheard: z.literal(true).exactOptional(),
  because: z.enum(['gap', 'future', 'unreadable']),
  reason: z.string(),
  since: z.date(),
});

/** A phone that waits, as a document. */
export type WaitingDocument = z.infer<typeof documentSchema>;

/** A phone that waits, as stored. */
export const storedWaitingSchema: z.ZodType<Waiting> = documentSchema.transform(({ _id, ...waiting }) => ({
  phone: _id,
  ...waiting,
}));

/* What is left of a document that cannot be read: each field by itself, and what is safe where it is none. */
const leftSchema = z.object({
  _id: phoneSchema,
  partition: z.int().catch(0),
  readFrom: offsetSchema.catch('0'),
  passedTo: offsetSchema.optional().catch(undefined),
  since: z.date().catch(new Date(0)),
});

/** What a document says of its phone; unreadable when it does not even name one. */
export type ReadWaiting =
  | { readonly kind: 'readable'; readonly waiting: Waiting }
  | { readonly kind: 'spoilt'; readonly waiting: Waiting; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

/**
 * Reads who waits. Of a phone whose document cannot be read nobody knows what it waits for, nor whether an opt-out is
 * among what it misses: it waits as one of which nothing was heard, and the topic is read again for it.
 */
export const readWaiting = (document: object, asked: { readonly partition?: number } = {}): ReadWaiting => {
  const whole = readStored(storedWaitingSchema, document);
  if (whole.kind === 'readable') return { kind: 'readable', waiting: whole.value };
  const left = readStored(leftSchema, { ...document, ...asked });
  if (left.kind === 'unreadable') return left;
  const { _id: phone, passedTo, ...rest } = left.value;
  const passed = passedTo === undefined ? {} : { passedTo, unheard: true as const };
  const reason = `the record of its waiting: ${whole.reason}`;
  const waiting: Waiting = { phone, ...rest, ...passed, after: 0, because: 'unreadable', reason };
  return { kind: 'spoilt', waiting, reason: whole.reason };
};
