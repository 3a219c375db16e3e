import { phoneSchema } from '@stopcovid/contracts';
import { addMissing, ensureIndexes, modelOf } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import { readDocument } from '../progress/read-document';
import type { History, HistoryEntry } from './history';

const documentSchema = z.object({
  _id: z.string(),
  phone: phoneSchema,
  sequence: z.int(),
  at: z.date(),
  commandId: z.string(),
  commandType: z.string(),
  events: z.array(z.looseObject({ type: z.string() })),
});
type HistoryDocument = z.infer<typeof documentSchema>;

const schemaOf = (collection: string): Schema<HistoryDocument> =>
  new Schema<HistoryDocument>(
    { _id: String, phone: String, sequence: Number },
    { collection, versionKey: false },
  ).index({ phone: 1, sequence: 1 });

/** A document as the domain has it. */
export const storedHistorySchema: z.ZodType<HistoryEntry> = documentSchema.transform(
  ({ _id: _name, ...entry }) => entry,
);

const read = (document: HistoryDocument): HistoryEntry =>
  readDocument(storedHistorySchema, 'phone_events', document);

/** The history in MongoDB, a document per batch. Resolves when its index is there. */
export const mongoHistory = async (connection: Connection, collection = 'phone_events'): Promise<History> => {
  await ensureIndexes(connection, [modelOf(connection, collection, schemaOf(collection))]);
  const history = connection.collection<HistoryDocument>(collection);
  return {
    keep: (entries) =>
      addMissing(
        history,
        entries.map((entry) => [`${entry.phone}:${entry.sequence}`, entry]),
      ),
    forget: async (phone, before) => {
      await history.deleteMany({ phone: { $eq: phone }, sequence: { $lt: before } });
    },
    of: async (phone, { after, limit }) =>
      (
        await history
          .find({ phone: { $eq: phone }, sequence: { $gt: after } })
          .sort({ sequence: 1 })
          .limit(limit)
          .toArray()
      ).map(read),
  };
};
