import { drillHashSchema, drillSlugSchema, phoneSchema, runIdSchema, type Phone } from '@stopcovid/contracts';
import { ensureIndexes, modelOf, readStored, sharedFind } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import { given } from '../given';
import type { Employers } from '../progress/progress-store';
import { readDocument } from '../progress/read-document';
import type { CompletionRecord } from './record';
import type { RecordFilter, RecordPlace, Records } from './records';

const collection = 'completion_records';

/* A record that lost what withdrew it, by a slip, is unreadable: null says that nothing did. */
const documentSchema = z.object({
  _id: z.string(),
  id: z.string(),
  phone: phoneSchema,
  course: z.string(),
  title: z.record(z.string(), z.string()).nullish(),
  language: z.string().nullish(),
  revision: z.string(),
  passedAt: z.date(),
  score: z.object({ right: z.int(), of: z.int() }),
  passMark: z.number(),
  runs: z.array(z.object({ drill: drillSlugSchema, revision: drillHashSchema, runId: runIdSchema })),
  employerId: z.string().nullable(),
  version: z.int(),
  takenBackAt: z.date().nullable(),
  withdrawn: z.object({ at: z.date(), by: z.string(), reason: z.string() }).nullable(),
  /* Later than the rest. */
  erasedAt: z.date().exactOptional(),
  after: z.int().exactOptional(),
});
type RecordDocument = z.infer<typeof documentSchema>;

/** A record, as stored. */
export const storedRecordSchema: z.ZodType<CompletionRecord> = documentSchema.transform(
  ({ _id, title, language, employerId, takenBackAt, withdrawn, ...record }) => ({
    ...record,
    ...given({
      title: title ?? undefined,
      language: language ?? undefined,
      employerId: employerId ?? undefined,
      takenBackAt: takenBackAt ?? undefined,
      withdrawn: withdrawn ?? undefined,
    }),
  }),
);

/* One per trainee and course, whatever key named the record: neither a phone nor a course has a blank in it. */
const keyOf = ({ phone, course, after }: CompletionRecord): string =>
  [phone, course, ...(after === undefined ? [] : [after])].join(' ');

const foldedOf = ({ withdrawn: _kept, ...record }: CompletionRecord) => ({
  ...record,
  runs: [...record.runs],
  title: record.title ?? null,
  language: record.language ?? null,
  employerId: record.employerId ?? null,
  takenBackAt: record.takenBackAt ?? null,
});

const schemaOf = (): Schema<RecordDocument> =>
  new Schema<RecordDocument>(
    { _id: String, id: String, phone: String, employerId: String, passedAt: Date },
    { collection, versionKey: false },
  )
    .index({ id: 1 }, { unique: true })
    .index({ phone: 1 })
    .index({ passedAt: -1, id: -1 })
    .index({ employerId: 1, passedAt: -1, id: -1 });

const read = (document: unknown): CompletionRecord => readDocument(storedRecordSchema, collection, document);

const within = (employers: Employers | undefined): object =>
  employers === undefined ? {} : { employerId: { $in: [...employers] } };

const ofStatus = (status: RecordFilter['status']): object => {
  if (status === undefined) return {};
  return status === 'valid'
    ? { withdrawn: null, takenBackAt: null }
    : { $or: [{ withdrawn: { $ne: null } }, { takenBackAt: { $ne: null } }] };
};

const behind = (after: RecordPlace | undefined): object =>
  after === undefined
    ? {}
    : { $or: [{ passedAt: { $lt: after.at } }, { passedAt: { $eq: after.at }, id: { $lt: after.id } }] };

const wanted = (
  { phone, course, status, employers }: RecordFilter,
  after: RecordPlace | undefined,
): object => ({
  $and: [
    {},
    ...(phone === undefined ? [] : [{ phone: { $eq: phone }, erasedAt: { $eq: null } }]),
    ...(course === undefined ? [] : [{ course: { $eq: course } }]),
    ofStatus(status),
    within(employers),
    behind(after),
  ],
});

/** The records in MongoDB, a document each. Resolves when their indexes are there. */
export const mongoRecords = async (connection: Connection): Promise<Records> => {
  await ensureIndexes(connection, [modelOf(connection, collection, schemaOf())]);
  const records = connection.collection<RecordDocument>('completion_records');
  const one = async (id: string, employers?: Employers): Promise<CompletionRecord | undefined> => {
    const found = await records.findOne({ id: { $eq: id }, ...within(employers) });
    return found === null ? undefined : read(found);
  };
  /* Slices of several partitions ask at the same moment. */
  const findOf = sharedFind<RecordDocument>(
    (phones) => records.find({ phone: { $in: [...phones] as Phone[] } }).toArray(),
    ({ phone }) => [phone],
  );
  return {
    of: async (phones) => {
      const known: CompletionRecord[] = [];
      const unreadable: Phone[] = [];
      for (const document of await findOf(phones)) {
        const stored = readStored(storedRecordSchema, document);
        if (stored.kind === 'readable') known.push(stored.value);
        else unreadable.push(document.phone);
      }
      return { records: known, unreadable };
    },
    one,
    list: async (filter, { after, limit }) =>
      (await records.find(wanted(filter, after)).sort({ passedAt: -1, id: -1 }).limit(limit).toArray()).map(
        read,
      ),
    keep: async (record) => {
      const { id, ...changes } = foldedOf(record);
      const key = { _id: { $eq: keyOf(record) } };
      const added = { $setOnInsert: { id, ...changes, withdrawn: null } };
      const { upsertedCount } = await records.updateOne(key, added, { upsert: true });
      if (upsertedCount === 0)
        await records.updateOne(
          { ...key, version: { $lt: record.version } },
          { $set: record.erasedAt === undefined ? changes : { ...changes, withdrawn: null } },
        );
    },
    withdraw: async (id, withdrawal, employers) => {
      await records.updateOne(
        { id: { $eq: id }, withdrawn: null, ...within(employers) },
        { $set: { withdrawn: withdrawal } },
      );
      return one(id, employers);
    },
  };
};
