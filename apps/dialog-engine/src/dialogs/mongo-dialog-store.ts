import { randomUUID } from 'node:crypto';
import type { Phone } from '@stopcovid/contracts';
import { compareAndSet, modelOf, type Change, type Versioned } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { newDialog, type Dialog, type DialogChange, type DialogStore, type HoldId } from './dialog-store';
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

const toChange = ({
  expected,
  mark = null,
  dialog: { phone, ...set },
}: DialogChange): Change<DialogDocument> => ({
  id: phone,
  expected,
  where: { hold: mark },
  ...(expected === 0 && set.hold !== undefined && { writeId: markedFirst }),
  set,
});

/** Dialogs in MongoDB: the document is the unit of atomicity, so state and unpublished batches cannot part. */
export const mongoDialogStore = (connection: Connection): DialogStore => {
  const model = modelOf(connection, 'Dialog', schema);
  return {
    async load(phones) {
      const documents = await model
        .find({ _id: { $in: phones } }, { version: 1, state: 1, outbox: 1, recentCommandIds: 1, hold: 1 })
        .lean<(Omit<DialogDocument, '_id'> & { readonly _id: Phone })[]>();
      return new Map(documents.map(({ _id, ...rest }) => [_id, readStoredDialog({ phone: _id, ...rest })]));
    },
    async commit(changes) {
      const { conflicts } = await compareAndSet<DialogDocument>(model.collection, changes.map(toChange));
      return new Set(changes.map(({ dialog }) => dialog.phone).filter((phone) => conflicts.has(phone)));
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
