import { runIdSchema } from '@stopcovid/contracts';
import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { until } from '@stopcovid/runtime';
import { listFile } from '../files/list-file';
import { mongoProgressStore } from '../progress/mongo-progress-store';
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

  it('ends a query that nobody reads on', async () => {
    const settings = testDatabase();
    const url = new URL(settings.url);
    url.searchParams.set('monitorCommands', 'true');
    const connection = await connectMongo({ ...settings, url: url.href });
    const ended: string[] = [];
    connection.getClient().on('commandSucceeded', ({ commandName }) => void ended.push(commandName));
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
    await until(() => ended.includes('killCursors'));
    expect(ended.filter((name) => name === 'getMore')).toEqual([]);
    await connection.close();
  });
});
