import { runIdSchema } from '@stopcovid/contracts';
import { connectMongo, testDatabase, watchedDatabase } from '@stopcovid/mongo';
import { until } from '@stopcovid/runtime';
import { listFile } from '../files/list-file';
import { mongoProgressStore } from '../progress/mongo-progress-store';
import type { RunDocument } from '../progress/mongo-runs';
import { completed, event } from '../tracker.testkit';
import { listedRuns } from './answers';
import { runOf } from './figures.testkit';
import { mongoRunFigures } from './mongo-run-figures';
import { runsList } from './run-files';
import { runFiguresContract } from './run-figures.contract';

describe('figures over runs in MongoDB', () => {
  let close: () => Promise<void>;
  afterAll(() => close());

  runFiguresContract(async (runs) => {
    const connection = await connectMongo(testDatabase());
    close = () => connection.close();
    const store = await mongoProgressStore(connection);
    await store.save(
      runs.map((next) => ({ next, readVersion: 0 })),
      [],
    );
    return mongoRunFigures(connection);
  });

  it('adds up runs whose counts were written in another order, or without one that came later', async () => {
    const connection = await connectMongo(testDatabase());
    const store = await mongoProgressStore(connection);
    const runs = [runOf({}), runOf({ account: { unitId: 'bar' } }), runOf({ account: { unitId: 'bar' } })];
    await store.save(
      runs.map((next) => ({ next, readVersion: 0 })),
      [],
    );
    const figures = mongoRunFigures(connection);
    const before = await figures.counts({}, []);
    const documents = connection.collection<RunDocument>('drill_runs');
    const [first, second] = await documents.find().toArray();
    if (first?.counts === undefined || second === undefined) throw new Error('runs have counts');
    const counts = Object.fromEntries(Object.entries(first.counts).reverse());
    await documents.updateOne({ _id: first._id }, { $set: { counts } });
    await documents.updateOne({ _id: second._id }, { $unset: { 'counts.satisfied': 1 } });
    expect(await figures.counts({}, [])).toEqual(before);
    expect(before).toMatchObject([{ counts: { assigned: 3 } }]);
    await connection.close();
  });

  it('lists what a release wrote that kept no scores as it lists the others, in their order', async () => {
    const connection = await connectMongo(testDatabase());
    const store = await mongoProgressStore(connection);
    const names = ['a', 'b', 'c', 'd'].map((name) => runIdSchema.parse(`run-${name}`));
    const run = runOf({ passMark: 50, later: [event('PromptCompleted'), completed('one')] });
    await store.save(
      names.map((runId) => ({ next: { ...run, runId }, readVersion: 0 })),
      [],
    );
    const stored = connection.collection<RunDocument>('drill_runs');
    const stale = { version: run.version - 1, score: { right: 0, of: 1 }, passed: false };
    await stored.updateOne({ _id: 'run-b' as never }, { $unset: { scores: 1 } });
    await stored.updateOne({ _id: 'run-c' as never }, { $set: { scores: stale } });
    const told: unknown[] = [];
    for await (const { runId, endedDay, scores } of listedRuns(mongoRunFigures(connection), {}))
      told.push({ runId, endedDay, scores });
    const { endedDay } = run;
    const scores = { score: { right: 1, of: 1 }, right: 1, passed: true };
    expect(told).toEqual(names.map((runId) => ({ runId, endedDay, scores })));
    await connection.close();
  });

  it('ends a query that nobody reads on', async () => {
    const { connection, asked } = await watchedDatabase();
    const run = runOf({});
    const save = (index: number) => ({
      next: { ...run, runId: runIdSchema.parse(`run-of-many-${index}`) },
      readVersion: 0,
    });
    const store = await mongoProgressStore(connection);
    await store.save(
      Array.from({ length: 750 }, (_, index) => save(index)),
      [],
    );
    const file = await listFile(runsList(listedRuns(mongoRunFigures(connection), {}), new Date()), {
      ...{ format: 'csv', bom: false },
    });
    file.parts.body.destroy();
    await until(() => asked.some((command) => command.startsWith('killCursors')));
    expect(asked.filter((name) => name.startsWith('getMore'))).toEqual([]);
    await connection.close();
  });
});
