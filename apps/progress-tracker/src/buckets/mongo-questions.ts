import { compareAndSet, ensureIndexes, modelOf } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import { spanOf } from '../figures/mongo-groups';
import type { ContentTable } from '../figures/question-table';
import { ofEmployers } from '../progress/mongo-trainees';
import { readDocument } from '../progress/read-document';
import { bucketIdOf, type BucketKey } from './bucket';
import { isOfContent } from './counted-questions';
import type { QuestionsQuery, Recounted } from './buckets';
import {
  fromContents,
  storedQuestionsSchema,
  type QuestionsDocument,
  type StoredQuestions,
} from './stored-questions';

const collectionName = 'bucket_questions';

const questionsSchema = new Schema<QuestionsDocument>(
  { _id: String, employerId: String, day: String, version: Number, drills: [Schema.Types.Mixed] },
  { collection: collectionName, versionKey: false, minimize: false },
)
  .index({ 'drills.drill': 1, day: 1 })
  .index({ day: 1 });

const read = (document: object): StoredQuestions =>
  readDocument(storedQuestionsSchema, collectionName, document);

const fitting = ({ filter, except }: QuestionsQuery) => ({
  'drills.drill': filter.drill,
  ...(spanOf(filter) && { day: spanOf(filter) }),
  ...ofEmployers('employerId', filter.employers),
  ...(filter.employerId !== undefined && { employerId: filter.employerId }),
  ...(except.length > 0 && { _id: { $nin: except.map(bucketIdOf) } }),
});

/* The other drills of a day are not carried over. */
const ofDrill = (drill: string) => ({
  employerId: 1,
  day: 1,
  version: 1,
  drills: { $filter: { input: '$drills', as: 'one', cond: { $eq: ['$$one.drill', drill] } } },
});

const versionSchema = z.object({ _id: z.string(), version: z.int() });

/** What buckets say of questions, in documents of their own: who asks for sums alone never reads them. */
export type MongoQuestions = {
  readonly versions: (keys: readonly BucketKey[]) => Promise<ReadonlyMap<string, number>>;
  /** Writes each that still has the version that was read. Answers the ids of the others. */
  readonly save: (recounted: readonly Recounted[]) => Promise<ReadonlySet<string>>;
  /** By the ids of their buckets. */
  readonly on: (day: string) => Promise<ReadonlyMap<string, StoredQuestions>>;
  readonly find: (asked: QuestionsQuery) => Promise<readonly ContentTable[]>;
};

/** Resolves when the indexes are there. */
export const mongoQuestions = async (connection: Connection): Promise<MongoQuestions> => {
  await ensureIndexes(connection, [modelOf(connection, collectionName, questionsSchema)]);
  const questions = connection.collection<QuestionsDocument>(collectionName);
  return {
    versions: async (keys) => {
      const found = await questions
        .find({ _id: { $in: keys.map(bucketIdOf) } }, { projection: { version: 1 } })
        .toArray();
      return new Map(found.map((one) => versionSchema.parse(one)).map(({ _id, version }) => [_id, version]));
    },
    save: async (recounted) => {
      const changes = recounted.map(({ key, contents, read: { questions: expected } }) => ({
        id: bucketIdOf(key),
        expected,
        set: { ...fromContents(key, contents), version: expected + 1 },
      }));
      return (await compareAndSet<QuestionsDocument>(questions, changes)).conflicts;
    },
    on: async (day) =>
      new Map((await questions.find({ day } as object).toArray()).map(read).map((one) => [one.id, one])),
    find: async (asked) => {
      const found = await questions
        .aggregate([{ $match: fitting(asked) }, { $project: ofDrill(asked.filter.drill) }])
        .toArray();
      return found.flatMap((one) => read(one).contents).filter((one) => isOfContent(one, asked.filter));
    },
  };
};
