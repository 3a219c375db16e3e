import { phoneSchema } from '@stopcovid/contracts';
import { ensureIndexes, modelOf, readStored } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import { DocumentUnreadable } from '../progress/progress-store';
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

/** A record that waits, as stored. Where it stands is its key too. */
export const storedWaitingRecordSchema: z.ZodType<WaitingRecord> = documentSchema.omit({ _id: true });

const toRecord = (raw: unknown): WaitingRecord => {
  const stored = readStored(storedWaitingRecordSchema, raw);
  if (stored.kind === 'unreadable') throw new DocumentUnreadable(`waiting_log_records: ${stored.reason}`);
  return stored.value;
};

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
    count: () => waiting.countDocuments({}),
  };
};
