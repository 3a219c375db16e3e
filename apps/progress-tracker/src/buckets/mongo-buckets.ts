import { randomUUID } from 'node:crypto';
import type { LocalDate } from '@stopcovid/calendar';
import { compareAndSet, ensureIndexes, modelOf } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import { groupCounts } from '../figures/grouped';
import { countsSchema, toGroup } from '../figures/mongo-groups';
import { addRunCounts } from '../figures/run-facts';
import { localDate } from '../progress/mongo-runs';
import { readDocument } from '../progress/read-document';
import { bucketIdOf, type Bucket, type BucketKey, type Cell } from './bucket';
import { countsPipeline, marginKeys } from './bucket-sums';
import type { Buckets, Mark, Round } from './buckets';

const cellSchema = z.object({
  unitId: z.string().exactOptional(),
  labels: z.array(z.string()).readonly().exactOptional(),
  drill: z.string(),
  revision: z.string(),
  language: z.string(),
  reason: z.string(),
  counts: countsSchema,
});

const keySchema = z.object({ employerId: z.string().nullable(), day: localDate });

const documentSchema = keySchema.extend({
  _id: z.string(),
  version: z.int(),
  /** All cells together: what is asked by employer and day alone needs no more. */
  counts: countsSchema,
  cells: z.array(cellSchema).readonly(),
  /* The same by unit and by drill alone, for who asks for no more; no part of what a bucket says. */
  units: z.array(z.object({ unitId: z.string().exactOptional(), counts: countsSchema })).exactOptional(),
  drills: z.array(z.object({ drill: z.string(), counts: countsSchema })).exactOptional(),
});
type BucketDocument = z.infer<typeof documentSchema> & { readonly writeId: string };

const toCell = (
  { employerId, day }: BucketKey,
  { unitId, labels, language, ...cell }: z.infer<typeof cellSchema>,
): Cell => ({
  ...cell,
  groups: {
    ...(employerId === null ? {} : { employerId }),
    ...(unitId === undefined ? {} : { unitId }),
    ...(labels === undefined ? {} : { labels }),
    language,
    day,
  },
});

/** A bucket, as stored. */
export const storedBucketSchema: z.ZodType<Bucket> = documentSchema.transform(
  ({ employerId, day, version, cells }) => ({
    key: { employerId, day },
    version,
    cells: cells.map((cell) => toCell({ employerId, day }, cell)),
  }),
);

const markSchema = z.object({
  _id: z.string(),
  keys: z.array(keySchema).readonly(),
  at: z.date(),
  written: z.boolean(),
});
type MarkDocument = z.infer<typeof markSchema>;

/** A mark, as stored. */
export const storedMarkSchema: z.ZodType<Mark> = markSchema.transform(({ _id: id, ...mark }) => ({
  id,
  ...mark,
}));

/* The number is that of what buckets hold: those of another number are built once more. */
const roundIds = { built: 'built-2', checked: 'checked' } as const satisfies Record<Round, string>;
type RoundDocument = { readonly _id: (typeof roundIds)[Round]; readonly at: Date };

const bucketsSchema = new Schema<BucketDocument>(
  {
    _id: String,
    employerId: String,
    day: String,
    version: Number,
    counts: Schema.Types.Mixed,
    cells: [Schema.Types.Mixed],
    units: [Schema.Types.Mixed],
    drills: [Schema.Types.Mixed],
  },
  { collection: 'buckets', versionKey: false, minimize: false },
)
  .index({ employerId: 1, day: 1, version: 1 })
  .index({ day: 1 });

const marksSchema = new Schema<MarkDocument>(
  { _id: String, keys: [Schema.Types.Mixed], at: Date, written: Boolean },
  { collection: 'bucket_marks', versionKey: false },
).index({ at: 1 });

const fromCell = ({ groups, ...cell }: Cell): BucketDocument['cells'][number] => {
  const { unitId, labels, language } = groups;
  return {
    ...cell,
    ...(unitId === undefined ? {} : { unitId }),
    ...(labels === undefined ? {} : { labels }),
    language,
  };
};

const marginOf = (cells: readonly Cell[], key: 'unitId' | 'drill'): object[] =>
  groupCounts(cells, {}, [key]).map(({ name, counts }) => ({
    ...(name[key] !== null && { [key]: name[key] }),
    counts,
  }));

const fromBucket = ({ key, version, cells }: Bucket): Omit<BucketDocument, '_id' | 'writeId'> => ({
  ...key,
  version,
  counts: addRunCounts(cells.map(({ counts }) => counts)),
  cells: cells.map(fromCell),
  units: marginOf(cells, marginKeys.units) as BucketDocument['units'] & object,
  drills: marginOf(cells, marginKeys.drills) as BucketDocument['drills'] & object,
});

const versionSchema = z.object({ _id: z.string(), version: z.int() });
const sumSchema = z.object({ sum: z.int() });

const daysIn =
  (connection: Connection): Buckets['nextDay'] =>
  async (after) => {
    const [first] = await connection
      .collection<BucketDocument>('buckets')
      .find(after === undefined ? {} : { day: { $gt: after } }, { projection: { day: 1 } })
      .sort({ day: 1 })
      .limit(1)
      .toArray();
    return first === undefined ? undefined : (first['day'] as LocalDate);
  };

const roundsIn = (connection: Connection): Pick<Buckets, 'lastDone' | 'noteDone'> => {
  const rounds = connection.collection<RoundDocument>('bucket_rounds');
  return {
    lastDone: async (round) => (await rounds.findOne({ _id: roundIds[round] }))?.at,
    noteDone: async (round, at) => {
      await rounds.updateOne({ _id: roundIds[round] }, { $set: { at } }, { upsert: true });
    },
  };
};

/** Buckets in MongoDB. Resolves when their indexes are there. */
export const mongoBuckets = async (
  connection: Connection,
  now: () => number = Date.now,
): Promise<Buckets> => {
  const model = modelOf(connection, 'buckets', bucketsSchema);
  await ensureIndexes(connection, [model, modelOf(connection, 'bucket_marks', marksSchema)]);
  const buckets = connection.collection<BucketDocument>('buckets');
  const marks = connection.collection<MarkDocument>('bucket_marks');

  return {
    mark: async (keys) => {
      const mark: Mark = { id: randomUUID(), keys, at: new Date(now()), written: false };
      await marks.insertOne({ _id: mark.id, keys: [...keys], at: mark.at, written: false });
      return mark;
    },
    written: async ({ id, keys, at }) => {
      await marks.updateOne({ _id: id }, { $set: { keys: [...keys], at, written: true } }, { upsert: true });
    },
    marks: async (limit) =>
      (await marks.find().sort({ at: 1 }).limit(limit).toArray()).map((mark) =>
        readDocument(storedMarkSchema, 'bucket_marks', mark),
      ),
    remove: async (removed) => {
      if (removed.length > 0) await marks.deleteMany({ _id: { $in: removed.map(({ id }) => id) } });
    },
    versions: async (keys) => {
      const found = await buckets
        .find({ _id: { $in: keys.map(bucketIdOf) } }, { projection: { version: 1 } })
        .toArray();
      return new Map(found.map((one) => versionSchema.parse(one)).map(({ _id, version }) => [_id, version]));
    },
    save: async (recounted) => {
      const changes = recounted.map(({ bucket, readVersion }) => ({
        id: bucketIdOf(bucket.key),
        expected: readVersion,
        set: fromBucket(bucket),
      }));
      return (await compareAndSet<BucketDocument>(buckets, changes)).conflicts;
    },
    on: async (day) =>
      (await buckets.find({ day }).toArray()).map((one) => readDocument(storedBucketSchema, 'buckets', one)),
    nextDay: daysIn(connection),
    counts: async (asked) => (await buckets.aggregate(countsPipeline(asked)).toArray()).map(toGroup),
    version: async (employers) => {
      const [sum] = await buckets
        .aggregate([
          ...(employers === undefined ? [] : [{ $match: { employerId: { $in: [...employers] } } }]),
          { $group: { _id: null, sum: { $sum: '$version' } } },
        ])
        .toArray();
      return String(sum === undefined ? 0 : sumSchema.parse(sum).sum);
    },
    ...roundsIn(connection),
  };
};
