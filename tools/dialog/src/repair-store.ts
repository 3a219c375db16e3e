import { randomUUID } from 'node:crypto';
import { commandIdSchema, decodeBatch, type Phone } from '@stopcovid/contracts';
import { mongoDialogStore, mongoHeldCommands, type HeldCommand } from '@stopcovid/dialog-engine';
import { z } from 'zod';
import type { DialogContent, FoundDialog, OutboxBatch } from './repair-plan';
import type { MongoConnection } from './mongo';

type Stored = { readonly _id: string; readonly [field: string]: unknown };

/** The engine's document as it was found. `read` is what a write is guarded by; absent when there was none. */
export type Found = { readonly dialog: FoundDialog; readonly read?: Stored };

/** The engine's documents, as an operator's hand reaches them. */
export interface RepairStore {
  find(phone: Phone): Promise<Found>;
  /** The commands that wait for this document, in their order. */
  heldFor(found: Found): Promise<readonly HeldCommand[]>;
  /** Writes if the document is still as it was found; false when somebody else was first. Marks stay as they are. */
  write(phone: Phone, found: Found, content: DialogContent): Promise<boolean>;
}

const entrySchema = z.object({
  commandId: commandIdSchema,
  batch: z.string(),
  partition: z.int().min(0),
  offset: z.string().regex(/^\d+$/),
});

const readEntry = (phone: Phone, raw: unknown): readonly OutboxBatch[] => {
  const entry = entrySchema.safeParse(raw);
  if (!entry.success) return [];
  const batch = decodeBatch(entry.data.batch);
  if (!batch.ok || batch.value.phone !== phone) return [];
  return [{ batch: batch.value, wire: entry.data.batch, entry: entry.data }];
};

const outboxOf = (phone: Phone, read: Stored): readonly OutboxBatch[] => {
  const outbox = read['outbox'];
  return Array.isArray(outbox) ? outbox.flatMap((raw) => readEntry(phone, raw)) : [];
};

/* A field that was not there must still not be there. */
const asRead = (value: unknown): object => (value === undefined ? { $exists: false } : { $eq: value });

const duplicateKey = 11_000;
const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === duplicateKey;

const markOf = ({ read }: Found): string | undefined => {
  const hold = read?.['hold'];
  return typeof hold === 'string' ? hold : undefined;
};

/** The documents in the collection `dialogs`. */
export const mongoRepairStore = (mongo: MongoConnection): RepairStore => {
  const dialogs = mongo.collection<Stored>('dialogs');
  const store = mongoDialogStore(mongo);
  const held = mongoHeldCommands(mongo);
  return {
    find: async (phone) => {
      const read = await dialogs.findOne({ _id: phone });
      if (read === null) return { dialog: { kind: 'missing' } };
      const stored = (await store.load([phone])).get(phone);
      const outbox = outboxOf(phone, read);
      if (stored?.kind === 'readable') {
        const { version, state } = stored.dialog;
        return { dialog: { kind: 'readable', version, state, outbox }, read };
      }
      return { dialog: { kind: 'unreadable', reason: stored?.reason ?? 'gone', outbox }, read };
    },
    heldFor: async (found) => {
      const hold = markOf(found);
      return hold === undefined ? [] : (await held.under([hold])).commands;
    },
    write: async (phone, found, content) => {
      const writeId = `repair-${randomUUID()}`;
      const { read } = found;
      try {
        if (read === undefined) {
          await dialogs.insertOne({ _id: phone, ...content, writeId });
          return true;
        }
        /* Only a mark that is none is taken off: it alone would keep the document from being read. */
        const mark = markOf(found) === undefined && 'hold' in read ? { hold: null } : {};
        const { matchedCount } = await dialogs.updateOne(
          { _id: phone, version: asRead(read['version']), writeId: asRead(read['writeId']) },
          { $set: { ...content, ...mark, writeId } },
        );
        return matchedCount === 1;
      } catch (error) {
        if (isTaken(error)) return false;
        throw error;
      }
    },
  };
};
