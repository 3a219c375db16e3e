import type { LocalDate } from '@stopcovid/calendar';
import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { mongo } from 'mongoose';
import { runOf } from '../figures/figures.testkit';
import { mongoRunFigures } from '../figures/mongo-run-figures';
import type { GroupKey } from '../figures/run-figures';
import { mongoProgressStore } from '../progress/mongo-progress-store';
import { keysOf } from './bucket';
import { bucketsContract } from './buckets.contract';
import { mongoBuckets } from './mongo-buckets';
import { mongoCountedRuns } from './mongo-counted-runs';
import { checkDay, recountBuckets } from './recounter';
import type { BucketDocument } from './stored-bucket';

describe('buckets in MongoDB', () => {
  const opened: Awaited<ReturnType<typeof connectMongo>>[] = [];
  afterAll(() => Promise.all(opened.map((connection) => connection.close())));

  bucketsContract(async () => {
    const connection = await connectMongo(testDatabase());
    opened.push(connection);
    let ticks = 0;
    return {
      store: await mongoProgressStore(connection),
      figures: mongoRunFigures(connection),
      runs: mongoCountedRuns(connection),
      buckets: await mongoBuckets(connection, () => (ticks += 1)),
    };
  });

  it.each([
    ['counted by drill alone', { 'drills.0': { drill: 'one', counts: { assigned: 1 } } }],
    ['was never counted by unit', { units: [] }],
    ['has packed sums of another version', { 'packed.version': 7 }],
    ['has no packed sums by unit', { 'packed.units.names': [], 'packed.units.counts': new mongo.Binary() }],
    ['adds up to another sum', { 'counts.assigned': 2 }],
  ])('are counted anew when checked where their cells are right and a bucket %s', async (_, set) => {
    const connection = await connectMongo(testDatabase());
    opened.push(connection);
    const parts = { buckets: await mongoBuckets(connection), runs: mongoCountedRuns(connection) };
    const run = runOf({ account: { employerId: 'acme', unitId: 'kitchen' } });
    const store = await mongoProgressStore(connection);
    await store.save([{ next: run, readVersion: 0 }], []);
    const keys = keysOf(run);
    await recountBuckets(parts, keys);
    const [day] = keys.map((key) => key.day) as [LocalDate];
    expect(await checkDay(parts, day)).toEqual({ buckets: 1, drifted: [] });
    await connection.collection('buckets').updateOne({ day }, { $set: set });
    expect(await checkDay(parts, day)).toEqual({ buckets: 1, drifted: keys });
    await recountBuckets(parts, keys);
    expect(await checkDay(parts, day)).toEqual({ buckets: 1, drifted: [] });
  });

  it.each([
    ['without packed sums', { $unset: { packed: 1 as const } }],
    ['that a release which knows no packed sums wrote past them', { $inc: { version: 1 } }],
  ])('are added up from their cells where there is one %s', async (_, change) => {
    const connection = await connectMongo(testDatabase());
    opened.push(connection);
    const parts = { buckets: await mongoBuckets(connection), runs: mongoCountedRuns(connection) };
    const runs = ['acme', 'other', undefined].map((employerId) =>
      runOf({ account: { employerId, unitId: 'kitchen' } }),
    );
    const store = await mongoProgressStore(connection);
    await store.save(
      runs.map((next) => ({ next, readVersion: 0 })),
      [],
    );
    await recountBuckets(parts, runs.flatMap(keysOf));
    const ask = (by: readonly GroupKey[]) => parts.buckets.counts({ filter: {}, by, except: [] });
    const before = [await ask(['unitId']), await ask(['drill'])];
    const buckets = connection.collection<BucketDocument>('buckets');
    await buckets.updateOne({ employerId: 'acme' }, { $set: { 'packed.units.names': ['bar'] } });
    await buckets.updateOne({ employerId: 'acme' }, change);
    expect([await ask(['unitId']), await ask(['drill'])]).toEqual(before);
    expect(before).toMatchObject([[{ counts: { assigned: 3 } }], [{ counts: { assigned: 3 } }]]);
  });
});
