import { phoneSchema } from '@stopcovid/contracts';
import { addMissing, ensureIndexes, modelOf, readStored } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import {
  nameOf,
  nextOf,
  type SpoiltRecord,
  type WaitingRecord,
  type WaitingRecords,
} from './waiting-records';

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

type ReadRow =
  | { readonly kind: 'readable'; readonly record: WaitingRecord }
  | { readonly kind: 'spoilt'; readonly spoilt: SpoiltRecord };

const readRow = (row: RecordDocument): ReadRow => {
  const stored = readStored(storedWaitingRecordSchema, row);
  if (stored.kind === 'readable') return { kind: 'readable', record: stored.value };
  return { kind: 'spoilt', spoilt: { name: row._id, reason: stored.reason } };
};

/** The record in MongoDB, a document per record that waits. One that cannot be read stops none of the others. */
export const mongoWaitingRecords = async (
  connection: Connection,
  collection = 'waiting_log_records',
): Promise<WaitingRecords> => {
  await ensureIndexes(connection, [modelOf(connection, collection, schemaOf(collection))]);
  const waiting = connection.collection<RecordDocument>(collection);
  return {
    of: async (partition, { after = '', limit }) => {
      const query = waiting.find({ partition, _id: { $gt: after } }).sort({ _id: 1 });
      const found = await query.limit(limit + 1).toArray();
      const page = found.slice(0, limit);
      const rows = page.map(readRow);
      return {
        records: rows.flatMap((row) => (row.kind === 'readable' ? [row.record] : [])),
        spoilt: rows.flatMap((row) => (row.kind === 'spoilt' ? [row.spoilt] : [])),
        ...nextOf(page.at(-1)?._id, found.length > limit),
      };
    },
    keep: (records) =>
      addMissing(
        waiting,
        records.map((record) => [nameOf(record), record]),
      ),
    forget: async (places) => {
      if (places.length > 0) await waiting.deleteMany({ _id: { $in: places.map(nameOf) } });
    },
    count: () => waiting.estimatedDocumentCount(),
  };
};
