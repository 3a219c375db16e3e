import { phoneSchema, type Phone } from '@stopcovid/contracts';
import { ensureIndexes, modelOf, readStored } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import type { Waiting, WaitingPhones } from './waiting';

const documentSchema = z.object({
  _id: phoneSchema,
  partition: z.int(),
  after: z.int(),
  readFrom: z.string(),
  found: z.int().exactOptional(),
  passedTo: z.string().exactOptional(),
  unheard: z.literal(true).exactOptional(),
  because: z.enum(['gap', 'future', 'unreadable']),
  reason: z.string(),
  since: z.date(),
});
type WaitingDocument = z.infer<typeof documentSchema>;

const schemaOf = (collection: string): Schema<WaitingDocument> =>
  new Schema<WaitingDocument>({ _id: String, partition: Number }, { collection, versionKey: false }).index({
    partition: 1,
    _id: 1,
  });

/** A phone that waits, as stored. */
export const storedWaitingSchema: z.ZodType<Waiting> = documentSchema.transform(({ _id, ...waiting }) => ({
  phone: _id,
  ...waiting,
}));

const toWaiting = (raw: unknown): Waiting => {
  const stored = readStored(storedWaitingSchema, raw);
  if (stored.kind === 'unreadable') throw new Error(`the record of a waiting phone: ${stored.reason}`);
  return stored.value;
};

const toDocument = ({ phone, ...waiting }: Waiting): WaitingDocument => ({ _id: phone, ...waiting });

/** The record in MongoDB, a document per phone. Each reader has a collection of its own. */
export const mongoWaitingPhones = async (
  connection: Connection,
  collection: string,
): Promise<WaitingPhones> => {
  await ensureIndexes(connection, [modelOf(connection, collection, schemaOf(collection))]);
  const phones = connection.collection<WaitingDocument>(collection);
  return {
    of: async (partition) => (await phones.find({ partition }).sort({ _id: 1 }).toArray()).map(toWaiting),
    find: async (wanted) => {
      if (wanted.length === 0) return new Map();
      const found = await phones.find({ _id: { $in: [...wanted] } }).toArray();
      return new Map(found.map((document) => [document._id, toWaiting(document)]));
    },
    keep: async (waiting) => {
      if (waiting.length === 0) return;
      const documents = waiting.map(toDocument);
      await phones.bulkWrite(
        documents.map((replacement) => ({
          replaceOne: { filter: { _id: replacement._id }, replacement, upsert: true },
        })),
        { ordered: false },
      );
    },
    forget: async (gone: readonly Phone[]) => {
      if (gone.length > 0) await phones.deleteMany({ _id: { $in: [...gone] } });
    },
  };
};
