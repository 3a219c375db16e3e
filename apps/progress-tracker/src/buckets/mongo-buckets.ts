import { randomUUID } from 'node:crypto';
import type { LocalDate } from '@stopcovid/calendar';
import { compareAndSet, ensureIndexes, modelOf } from '@stopcovid/mongo';
import { Schema, type Connection, type mongo } from 'mongoose';
import { z } from 'zod';
import { readDocument } from '../progress/read-document';
import { bucketIdOf, type Versions } from './bucket';
import { bucketsFor, leastFor, sumsFor, type Sums } from './bucket-sums';
import type { Buckets, Mark, Round } from './buckets';
import { mongoQuestions } from './mongo-questions';
import {
  fromCounted,
  keySchema,
  storedBucketSchema,
  storedSums,
  type BucketDocument,
  type KeptSums,
} from './stored-bucket';

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
const roundIds = { built: 'built-3', checked: 'checked' } as const satisfies Record<Round, string>;
type RoundDocument = { readonly _id: (typeof roundIds)[Round]; readonly at: Date };

const bucketsSchema = new Schema<BucketDocument>(
  {
    _id: String,
    employerId: String,
    day: String,
    version: Number,
    counts: Schema.Types.Mixed,
    cells: [Schema.Types.Mixed],
    packed: Schema.Types.Mixed,
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

/* All that a year has in one answer of the server. */
const atOnce = 10_000;

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

const marksIn = (
  connection: Connection,
  now: () => number,
): Pick<Buckets, 'mark' | 'written' | 'marks' | 'remove'> => {
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
  };
};

const versionIn =
  (connection: Connection): Buckets['version'] =>
  async (employers) => {
    const [sum] = await connection
      .collection<BucketDocument>('buckets')
      .aggregate([
        ...(employers === undefined ? [] : [{ $match: { employerId: { $in: [...employers] } } }]),
        { $group: { _id: null, sum: { $sum: '$version' } } },
      ])
      .toArray();
    return String(sum === undefined ? 0 : sumSchema.parse(sum).sum);
  };

const countsIn =
  (buckets: mongo.Collection<BucketDocument>): Buckets['counts'] =>
  async (asked) => {
    const sums = sumsFor(asked);
    /* Answers the ids of those that have no such sums. */
    const add = async (which: object, kept: Sums): Promise<readonly string[]> => {
      const { schema, projection } = storedSums[kept];
      const found = buckets
        .find(which, { projection: { _id: 0, employerId: 1, day: 1, ...projection }, promoteBuffers: false })
        .batchSize(atOnce);
      const lacking: string[] = [];
      for await (const one of found) {
        const read = readDocument<KeptSums>(schema, 'buckets', one);
        if (read.sums === undefined) lacking.push(bucketIdOf(read.key));
        else sums.add(read.sums);
      }
      return lacking;
    };
    const lacking = await add(bucketsFor(asked), leastFor(asked));
    if (lacking.length > 0) await add({ _id: { $in: lacking } }, 'cells');
    return sums.groups();
  };

/** Buckets in MongoDB. Resolves when their indexes are there. */
export const mongoBuckets = async (
  connection: Connection,
  now: () => number = Date.now,
): Promise<Buckets> => {
  const model = modelOf(connection, 'buckets', bucketsSchema);
  await ensureIndexes(connection, [model, modelOf(connection, 'bucket_marks', marksSchema)]);
  const buckets = connection.collection<BucketDocument>('buckets');
  const questions = await mongoQuestions(connection);

  return {
    ...marksIn(connection, now),
    versions: async (keys) => {
      const found = await buckets
        .find({ _id: { $in: keys.map(bucketIdOf) } }, { projection: { version: 1 } })
        .toArray();
      const asked = await questions.versions(keys);
      return new Map(
        found
          .map((one) => versionSchema.parse(one))
          .map(({ _id, version }) => [_id, { cells: version, questions: asked.get(_id) ?? 0 }]),
      );
    },
    save: async (recounted) => {
      const changes = recounted.map((one) => ({
        id: bucketIdOf(one.key),
        expected: one.read.cells,
        set: fromCounted(one),
      }));
      /* First, so that there are no questions without a bucket. */
      const { conflicts } = await compareAndSet<BucketDocument>(buckets, changes);
      return new Set([...conflicts, ...(await questions.save(recounted))]);
    },
    on: async (day) => {
      const [found, asked] = await Promise.all([
        buckets.find({ day }, { promoteBuffers: false }).toArray(),
        questions.on(day),
      ]);
      return found.map((one) => {
        const { key, version, cells, areSumsRight } = readDocument(storedBucketSchema, 'buckets', one);
        const own = asked.get(bucketIdOf(key));
        const versions: Versions = { cells: version, questions: own?.version ?? 0 };
        return { key, cells, contents: own?.contents ?? [], versions, areSumsRight };
      });
    },
    nextDay: daysIn(connection),
    counts: countsIn(buckets),
    questions: questions.find,
    version: versionIn(connection),
    ...roundsIn(connection),
  };
};
