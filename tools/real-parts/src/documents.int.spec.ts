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
type Fields = Readonly<Record<string, unknown>>;

const missing = missingPrograms();
const withJava = missing.length === 0 ? describe : describe.skip;

/* Up to some more fields than lie in one array. */
const name = fc.integer({ min: 0, max: 35 }).map((index) => `f${index}`);
const plain = fc.oneof(
  fc.integer({ min: 0, max: 9 }),
  fc.constantFrom('', 'é', null, true),
  fc.constant([1]),
);
const value = fc.oneof({ weight: 4, arbitrary: plain }, fc.dictionary(name, plain, { maxKeys: 30 }));
const content = fc.dictionary(name, value, { maxKeys: 36 });
const change = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), content }),
  fc.record({ kind: fc.constant('unset' as const), names: fc.uniqueArray(name, { maxLength: 30 }) }),
  fc.record({ kind: fc.constant('replace' as const), content }),
);
type Change = typeof change extends fc.Arbitrary<infer It> ? It : never;

/** What a document is after a change: names keep their places, and new ones come last. */
const changed = (fields: Fields, by: Change): Fields => {
  if (by.kind === 'replace') {
    const kept = Object.keys(fields).filter((each) => each in by.content);
    return { ...Object.fromEntries(kept.map((each) => [each, by.content[each]])), ...by.content };
  }
  if (by.kind === 'set') return { ...fields, ...by.content };
  return Object.fromEntries(Object.entries(fields).filter(([each]) => !by.names.includes(each)));
};

const asUpdate = (by: Exclude<Change, { kind: 'replace' }>): mongo.UpdateFilter<Stored> =>
  by.kind === 'set'
    ? { $set: by.content }
    : { $unset: Object.fromEntries(by.names.map((each) => [each, ''])) as never };

const isEmpty = (by: Change): boolean =>
  by.kind === 'unset' ? by.names.length === 0 : by.kind === 'set' && Object.keys(by.content).length === 0;

withJava.each(['in memory', 'in a file'] as const)(
  'documents of the MongoDB-protocol server, %s',
  (where) => {
    let work: string;
    let server: Jvm;
    let connection: Connection;

    beforeAll(async () => {
      const jars = await fetchJars(join(__dirname, '../../../.cache/real-parts'), () => undefined);
      work = await mkdtemp(join(tmpdir(), 'stopcovid-documents-'));
      const [port, logFile] = [await freePort(), join(work, 'mongo.log')];
      const dataFile = where === 'in a file' ? { dataFile: join(work, 'data') } : {};
      server = await startJvm(await mongoServer({ jars, port, heapMb: 128, logFile, ...dataFile }));
      connection = await createConnection(`mongodb://127.0.0.1:${port}/documents`).asPromise();
    }, 60_000);

    afterAll(async () => {
      await connection?.close();
      await server?.stop();
      await rm(work, { recursive: true, force: true });
    });

    it('have the fields that were written, in their order, few or many', async () => {
      const it = connection.collection<Stored>('documents');
      let id = 0;
      const follow = async (first: Fields, changes: readonly Change[]): Promise<void> => {
        const _id = (id += 1);
        await it.insertOne({ _id, ...first });
        let expected = first;
        for (const by of changes.filter((each) => !isEmpty(each))) {
          expected = changed(expected, by);
          if (by.kind === 'replace') await it.replaceOne({ _id }, { ...by.content });
          else await it.updateOne({ _id }, asUpdate(by));
          const found = await it.findOne({ _id });
          expect(JSON.stringify(found)).toBe(JSON.stringify({ _id, ...expected }));
          const whole = Object.entries(found ?? {}).filter(([field]) => field !== '_id');
          for (const [field, each] of whole.slice(0, 2))
            expect(await it.countDocuments({ _id, [field]: each })).toBe(1);
        }
      };
      await fc.assert(
        fc.asyncProperty(content, fc.array(change, { maxLength: 6 }), (first, changes) =>
          follow(first, changes),
        ),
        { numRuns: Number(process.env['RUNS'] ?? 100) },
      );
    }, 120_000);

    it('are found by an index in the order of the collection, few or thousands', async () => {
      const it = connection.collection<Stored>('indexed');
      await it.createIndex({ a: 1 });
      const all = Array.from({ length: 3_000 }, (_, _id) => ({ _id, a: _id % 2 }));
      await it.insertMany(all);
      const odd = all.filter(({ a }) => a === 1).map(({ _id }) => _id);
      const ids = (found: readonly Stored[]): readonly number[] => found.map(({ _id }) => _id);
      expect(ids(await it.find({ a: 1 }).toArray())).toEqual(odd);
      expect(ids(await it.find({ a: 1 }).sort({ $natural: -1 }).toArray())).toEqual(odd.toReversed());
      expect(ids(await it.find({ $or: [{ a: 1 }, { a: 2 }] }).toArray())).toEqual(odd);
      await it.deleteMany({ a: 1, _id: { $gt: 5 } });
      expect(ids(await it.find({ a: 1 }).toArray())).toEqual([1, 3, 5]);
      expect(ids(await it.find({ a: 1 }).sort({ $natural: -1 }).toArray())).toEqual([5, 3, 1]);
    });
  },
);
