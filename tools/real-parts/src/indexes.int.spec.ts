import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@stopcovid/runtime';
import fc from 'fast-check';
import { createConnection, type Connection, type mongo } from 'mongoose';
import { startJvm, type Jvm } from './jvm';
import { mongoServer } from './mongo-server';
import { fetchJars, missingPrograms } from './native';

type Stored = { _id: number; [field: string]: unknown };
type Filter = mongo.Filter<Stored>;
type Direction = 1 | -1;
type Sort = Record<string, Direction>;

const missing = missingPrograms();
const withJava = missing.length === 0 ? describe : describe.skip;

const scalar = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 0, max: 2 }) },
  { weight: 4, arbitrary: fc.constantFrom('', 'a') },
  { weight: 4, arbitrary: fc.constant(null) },
  fc.boolean(),
  fc.integer({ min: 0, max: 3 }).map((day) => new Date(day)),
  fc.constantFrom(1.5, -0, Number.NaN, Infinity, 2 ** 31, 2 ** 31 + 0.5, 2 ** 53, 2 ** 60),
);
const value = fc.oneof(
  { weight: 12, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  fc.constant([[1, 2], 3]),
  fc.record({ x: scalar }),
);
const nested = fc.oneof(
  { weight: 6, arbitrary: fc.record({ c: value, d: value }, { requiredKeys: ['c'] }) },
  fc.array(
    fc.oneof(fc.record({ c: value, d: value }, { requiredKeys: [] }), fc.constantFrom(1, null, [{ c: 1 }])),
    { maxLength: 3 },
  ),
  scalar,
);
const content = fc.record({ a: value, b: nested, e: scalar }, { requiredKeys: ['a'] });

const fields = ['a', 'b.c', 'b.d', 'e'];
const operators = fc.oneof(
  { weight: 10, arbitrary: scalar },
  { weight: 6, arbitrary: fc.array(scalar, { minLength: 1, maxLength: 4 }).map(($in) => ({ $in })) },
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom('$gt', '$gte'), scalar, fc.constantFrom('$lt', '$lte'), scalar)
      .chain(([low, from, high, to]) =>
        fc.constantFrom({ [low]: from }, { [high]: to }, { [low]: from, [high]: to }),
      ),
  },
  scalar.map(($eq) => ({ $eq })),
  scalar.map(($ne) => ({ $ne })),
  fc.tuple(scalar, scalar).map(([$gte, $ne]) => ({ $gte, $ne })),
  fc.boolean().map(($exists) => ({ $exists })),
  fc.array(scalar, { maxLength: 2 }).map(($nin) => ({ $nin })),
  fc.constantFrom([1, 2], { x: 1 }, /^a/, { $size: 2 }, { $elemMatch: { c: 1 } }, { $unheardOf: 1 }),
);
const asked = fc.constantFrom('a', ...fields, '_id');
const conditions = fc.oneof(
  { weight: 3, arbitrary: fc.dictionary(asked, operators, { minKeys: 1, maxKeys: 2 }) },
  fc.dictionary(asked, operators, { maxKeys: 3 }),
);
const filter = fc.oneof(
  { weight: 5, arbitrary: conditions },
  fc.tuple(conditions, conditions).map(([one, other]) => ({ $or: [one, other] })),
  fc.tuple(conditions, conditions).map(([one, other]) => ({ ...one, $and: [other] })),
  fc.tuple(conditions, conditions, conditions).map(([one, a, b]) => ({ ...one, $or: [a, b] })),
) as fc.Arbitrary<Filter>;
const direction = fc.constantFrom<Direction>(1, -1);
const sort = fc.option(
  fc.oneof(
    fc.dictionary(asked, direction, { minKeys: 1, maxKeys: 2 }),
    direction.map(($natural) => ({ $natural })),
  ) as fc.Arbitrary<Sort>,
  { nil: undefined },
);
const question = fc.record({
  filter,
  sort,
  limit: fc.integer({ min: 0, max: 4 }),
  skip: fc.integer({ min: 0, max: 2 }),
});
type Question = typeof question extends fc.Arbitrary<infer It> ? It : never;

const change = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), filter, content }),
  fc.record({ kind: fc.constant('delete' as const), filter }),
  fc.record({ kind: fc.constant('insert' as const), content }),
);
const index = fc.uniqueArray(fc.constantFrom('a', ...fields), { minLength: 1, maxLength: 3 });

withJava(
  `the MongoDB-protocol server${missing.length === 0 ? '' : ` (not without ${missing.join(', ')})`}`,
  () => {
    let work: string;
    let server: Jvm;
    let connection: Connection;
    let made = 0;

    beforeAll(async () => {
      const jars = await fetchJars(join(__dirname, '../../../.cache/real-parts'), () => undefined);
      work = await mkdtemp(join(tmpdir(), 'stopcovid-indexes-'));
      const port = await freePort();
      const logFile = join(work, 'mongo.log');
      server = await startJvm(await mongoServer({ jars, port, heapMb: 256, logFile }));
      connection = await createConnection(`mongodb://127.0.0.1:${port}/indexes`).asPromise();
    }, 60_000);

    afterAll(async () => {
      await connection?.close();
      await server?.stop();
      await rm(work, { recursive: true, force: true });
    });

    const collection = (name: string): mongo.Collection<Stored> => connection.collection<Stored>(name);

    /** What came of it, or how it was refused: the collection's name left out, which errors may tell. */
    const outcome = async (it: mongo.Collection<Stored>, act: () => Promise<unknown>): Promise<unknown> => {
      try {
        return await act();
      } catch (error) {
        return String(error).replaceAll(it.collectionName, 'it');
      }
    };

    const answers = (it: mongo.Collection<Stored>, asked: Question): Promise<unknown[]> => {
      const { filter: by, skip, limit } = asked;
      const find = (): Promise<unknown> => {
        const found = it.find(by).skip(skip).limit(limit);
        return (asked.sort ? found.sort(asked.sort) : found).toArray();
      };
      const pipeline = [
        { $match: by },
        ...(asked.sort && !('$natural' in asked.sort) ? [{ $sort: asked.sort }] : []),
        ...(limit > 0 ? [{ $limit: limit }] : []),
      ];
      return Promise.all([
        outcome(it, find),
        outcome(it, () => it.countDocuments(by)),
        outcome(it, () => it.distinct('a', by)),
        outcome(it, () => it.aggregate(pipeline).toArray()),
      ]);
    };

    const changes = async (
      it: mongo.Collection<Stored>,
      wanted: readonly (typeof change extends fc.Arbitrary<infer It> ? It : never)[],
    ): Promise<unknown[]> => {
      const outcomes: unknown[] = [];
      for (const [at, next] of wanted.entries()) {
        const act = (): Promise<unknown> => {
          if (next.kind === 'delete') return it.deleteMany(next.filter);
          if (next.kind === 'insert') return it.insertOne({ ...next.content, _id: 1_000 + at });
          return Object.keys(next.content).length === 0
            ? Promise.resolve()
            : it.updateMany(next.filter, { $set: next.content });
        };
        outcomes.push(await outcome(it, act));
      }
      return outcomes;
    };

    it('answers with indexes as it does without them, whatever is stored, asked, changed and dropped', async () => {
      const world = fc.record({
        documents: fc.array(content, { minLength: 4, maxLength: 12 }),
        indexes: fc.uniqueArray(index, { minLength: 1, maxLength: 3, selector: (it) => it.join() }),
        sparse: fc.boolean(),
        questions: fc.array(question, { minLength: 8, maxLength: 8 }),
        changed: fc.array(change, { minLength: 1, maxLength: 4 }),
      });
      await fc.assert(
        fc.asyncProperty(world, async ({ documents, indexes, sparse, questions, changed }) => {
          made += 1;
          const [plain, indexed] = [collection(`plain${made}`), collection(`indexed${made}`)];
          const named = (keys: readonly string[]): Sort => Object.fromEntries(keys.map((key) => [key, 1]));
          const declare = (): Promise<unknown> =>
            Promise.all(indexes.map((keys) => indexed.createIndex(named(keys), { sparse })));
          const same = async (): Promise<void> => {
            const all = (it: mongo.Collection<Stored>): Promise<unknown[]> =>
              Promise.all(questions.map((one) => answers(it, one)));
            expect(await all(indexed)).toEqual(await all(plain));
          };
          const stored = documents.map((it, at) => ({ ...it, _id: at }));
          await Promise.all([plain, indexed].map((it) => it.insertMany(stored)));
          await declare();
          await same();
          expect(await changes(indexed, changed)).toEqual(await changes(plain, changed));
          await same();
          await declare();
          await indexed.dropIndex(`${indexes[0]!.join('_1_')}_1`);
          await same();
          await Promise.all([plain.drop(), indexed.drop()]);
        }),
        { numRuns: Number(process.env['RUNS'] ?? 25) },
      );
    }, 600_000);
  },
);
