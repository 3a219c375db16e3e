import { randomUUID } from 'node:crypto';
import type { Phone } from '@stopcovid/contracts';
import { sharedCompareAndSet, sharedFind, type Change, type Versioned } from '@stopcovid/mongo';
import type { Connection } from 'mongoose';
import { changedFields } from './changed-fields';
import {
  newDialog,
  type Dialog,
  type DialogChange,
  type DialogStore,
  type HoldId,
  type StoredDialog,
} from './dialog-store';
import { readStoredDialog } from './stored-dialog';

type DialogDocument = Versioned & Omit<Dialog, 'phone'>;

/** The write that left a document at version 0: one whose phone's very first command had to wait. */
const markedFirst = 'marked-first';

/** `leftBy` is the write that left the document as the change knows it; without it all is written, whatever stands there. */
const toChange = (change: DialogChange, leftBy: string | undefined): Change<DialogDocument> => {
  const { expected, mark = null, read, dialog } = change;
  const { phone: id, ...set } = dialog;
  const guarded = { id, expected, where: { hold: mark } };
  if (expected === 0) return { ...guarded, ...(set.hold !== undefined && { writeId: markedFirst }), set };
  if (read === undefined || leftBy === undefined) return { ...guarded, set };
  return { ...guarded, writeId: leftBy, ...changedFields(read, dialog) };
};

type ReadDocument = Omit<DialogDocument, '_id' | 'writeId'> & {
  readonly _id: Phone;
  readonly writeId: unknown;
};
const whole = { version: 1, writeId: 1, state: 1, outbox: 1, recentCommandIds: 1, hold: 1 };

/** Dialogs in MongoDB: the document is the unit of atomicity, so state and unpublished batches cannot part. */
export const mongoDialogStore = (connection: Connection): DialogStore => {
  /* The driver's collection: documents are ours to check, and a query of mongoose costs more than its answer. */
  const documents = connection.collection<DialogDocument>('dialogs');
  const find = sharedFind<ReadDocument>(
    (phones) => documents.find<ReadDocument>({ _id: { $in: [...phones] } }, { projection: whole }).toArray(),
    ({ _id }) => [_id],
  );
  const write = sharedCompareAndSet<DialogDocument>(documents);
  /** Which write left a document as this dialog says; a write of what changed alone stands on that. */
  const leftBy = new WeakMap<Dialog, string>();
  const readOne = ({ _id, writeId, ...rest }: ReadDocument): readonly [Phone, StoredDialog] => {
    const stored = readStoredDialog({ phone: _id, ...rest });
    if (stored.kind === 'readable' && typeof writeId === 'string') leftBy.set(stored.dialog, writeId);
    return [_id, stored];
  };
  return {
    async load(phones) {
      return new Map((await find(phones)).map(readOne));
    },
    async commit(changes) {
      const { conflicts, writeId } = await write(
        changes.map((change) => toChange(change, change.read && leftBy.get(change.read))),
      );
      const lost = changes.map(({ dialog }) => dialog.phone).filter((phone) => conflicts.has(phone));
      for (const { dialog } of changes) if (!conflicts.has(dialog.phone)) leftBy.set(dialog, writeId);
      return new Set(lost);
    },
    async hold(phones) {
      for (const phone of phones) {
        const { phone: _id, ...begun } = newDialog(phone);
        await documents.updateOne(
          { _id },
          { $setOnInsert: { ...begun, writeId: markedFirst } },
          { upsert: true },
        );
        await documents.updateOne(
          { _id: phone, hold: { $not: { $type: 'string' } } },
          { $set: { hold: randomUUID() } },
        );
      }
      const marked = documents.find<{ readonly _id: Phone; readonly hold: HoldId }>(
        { _id: { $in: [...phones] } },
        { projection: { hold: 1 } },
      );
      return new Map((await marked.toArray()).map(({ _id, hold }) => [_id, hold]));
    },
  };
};
