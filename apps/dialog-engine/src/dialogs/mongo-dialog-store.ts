import { randomUUID } from 'node:crypto';
import type { Phone } from '@stopcovid/contracts';
import { compareAndSet, modelOf, type Change, type Versioned } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
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

const schema = new Schema<DialogDocument>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    writeId: { type: String, required: true },
    state: { type: Schema.Types.Mixed, required: true },
    outbox: { type: [Schema.Types.Mixed], required: true },
    recentCommandIds: { type: [String], required: true },
    hold: { type: String },
  },
  { collection: 'dialogs', versionKey: false, minimize: false },
);

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
  const model = modelOf(connection, 'Dialog', schema);
  /** Which write left a document as this dialog says; a write of what changed alone stands on that. */
  const leftBy = new WeakMap<Dialog, string>();
  const readOne = ({ _id, writeId, ...rest }: ReadDocument): readonly [Phone, StoredDialog] => {
    const stored = readStoredDialog({ phone: _id, ...rest });
    if (stored.kind === 'readable' && typeof writeId === 'string') leftBy.set(stored.dialog, writeId);
    return [_id, stored];
  };
  return {
    async load(phones) {
      const documents = await model.find({ _id: { $in: phones } }, whole).lean<ReadDocument[]>();
      return new Map(documents.map(readOne));
    },
    async commit(changes) {
      const { conflicts, writeId } = await compareAndSet<DialogDocument>(
        model.collection,
        changes.map((change) => toChange(change, change.read && leftBy.get(change.read))),
      );
      const lost = changes.map(({ dialog }) => dialog.phone).filter((phone) => conflicts.has(phone));
      for (const { dialog } of changes) if (!conflicts.has(dialog.phone)) leftBy.set(dialog, writeId);
      return new Set(lost);
    },
    async hold(phones) {
      const ids = { _id: { $in: [...phones] } };
      for (const phone of phones) {
        const { phone: _id, ...begun } = newDialog(phone);
        await model.collection.updateOne(
          { _id },
          { $setOnInsert: { ...begun, writeId: markedFirst } },
          { upsert: true },
        );
        await model.collection.updateOne(
          { _id: phone, hold: { $not: { $type: 'string' } } },
          { $set: { hold: randomUUID() } },
        );
      }
      const marked = await model
        .find(ids, { hold: 1 })
        .lean<{ readonly _id: Phone; readonly hold: HoldId }[]>();
      return new Map(marked.map(({ _id, hold }) => [_id, hold]));
    },
  };
};
