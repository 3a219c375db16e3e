import { randomInt } from 'node:crypto';
import {
  commandIdSchema,
  decodeBatch,
  encodeBatch,
  phoneSchema,
  timestampSchema,
  type DialogCommand,
  type Phone,
} from '@stopcovid/contracts';
import {
  compileKeywords,
  defaultKeywords,
  initialState,
  step,
  toBatch,
  type DialogState,
} from '@stopcovid/dialog-core';
import type { OutboxBatch, WireBatch } from './repair-plan';

const at = timestampSchema.parse('2026-03-01T10:00:00.000Z');
const facts = { at, keywords: compileKeywords(defaultKeywords), runId: 'run' } as Parameters<typeof step>[2];

/** A phone that no other spec uses. */
export const someonesPhone = (): Phone => phoneSchema.parse(`+1203${randomInt(1_000_000, 9_999_999)}`);

/** The order that gives a trainee their so-and-so-many-th name. */
export const renaming = (phone: Phone, count: number): DialogCommand => ({
  type: 'UpdateTrainee',
  schemaVersion: 1,
  commandId: commandIdSchema.parse(`${phone.slice(1)}-${count}`),
  phone,
  at,
  profile: { name: `Maria ${count}` },
});

/** What the engine itself decides on one command after the other, and the state that it comes to. */
export const historyOf = (
  phone: Phone,
  count: number,
): { readonly batches: readonly WireBatch[]; readonly state: DialogState } => {
  let state = initialState();
  const batches = Array.from({ length: count }, (_, index): WireBatch => {
    const command = renaming(phone, index + 1);
    const { events, state: after } = step(state, command, facts);
    state = after;
    const wire = encodeBatch(toBatch({ command, version: index + 1, at, events, state }));
    const decoded = decodeBatch(wire);
    if (!decoded.ok) throw new Error(decoded.error.reason);
    return { batch: decoded.value, wire };
  });
  return { batches, state };
};

/** The batches as entries of an outbox. */
export const entriesOf = (batches: readonly WireBatch[]): readonly OutboxBatch[] =>
  batches.map(({ batch, wire }) => ({
    batch,
    wire,
    entry: { commandId: batch.commandId, batch: wire, partition: 0, offset: String(batch.version) },
  }));
