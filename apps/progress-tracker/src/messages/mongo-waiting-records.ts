import { phoneSchema } from '@stopcovid/contracts';
import { ensureIndexes, modelOf } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import { nameOf, type WaitingRecord, type WaitingRecords } from './waiting-records';

const documentSchema = z.object({
  _id: z.string(),
  phone: phoneSchema,
  partition: z.int(),
  offset: z.string(),
  value: z.string(),
  because: z.enum(['future', 'unreadable']),
  reason: z.string(),
  since: z.date(),
});
type RecordDocument = z.infer<typeof documentSchema>;

const schemaOf = (collection: string): Schema<RecordDocument> =>
  new Schema<RecordDocument>({ _id: String, partition: Number }, { collection, versionKey: false }).index({
    partition: 1,
    _id: 1,
  });

/* Where the record stands is its key too. */
const recordSchema: z.ZodType<WaitingRecord> = documentSchema.omit({ _id: true });

const toRecord = (raw: unknown): WaitingRecord => recordSchema.parse(raw);

/** The record in MongoDB, a document per record that waits. */
export const mongoWaitingRecords = async (
  connection: Connection,
  collection = 'waiting_log_records',
): Promise<WaitingRecords> => {
  await ensureIndexes(connection, [modelOf(connection, collection, schemaOf(collection))]);
  const waiting = connection.collection<RecordDocument>(collection);
  return {
    of: async (partition, { after = '', limit }) => {
      const found = waiting.find({ partition, _id: { $gt: after } }).sort({ _id: 1 });
      return (await found.limit(limit).toArray()).map(toRecord);
    },
    keep: async (records) => {
      if (records.length === 0) return;
      await waiting.bulkWrite(
        records.map((record) => ({
          updateOne: { filter: { _id: nameOf(record) }, update: { $setOnInsert: record }, upsert: true },
        })),
        { ordered: false },
      );
    },
    forget: async (places) => {
      if (places.length > 0) await waiting.deleteMany({ _id: { $in: places.map(nameOf) } });
    },
  };
};
