import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { connectMongo, testDatabase } from '@stopcovid/mongo';
import type { List } from '../files/list-file';
import { completed, event } from '../tracker.testkit';
import { mongoProgressStore } from '../progress/mongo-progress-store';
import { answers, listedRuns } from './answers';
import { runOf } from './figures.testkit';
import { mongoRunFigures } from './mongo-run-figures';
import { answersList, runsList } from './run-files';

const guide = readFileSync(join(__dirname, '../../../../docs/analysts.md'), 'utf8');

type View = { readonly name: string; readonly source: string; readonly pipeline: readonly object[] };
type Row = Readonly<Record<string, unknown>>;

/** What the guide's commands would make. */
const commands = (): { readonly views: readonly View[]; readonly readable: readonly string[] } => {
  const views: View[] = [];
  const readable: string[] = [];
  const db = {
    getName: () => 'stopcovid',
    createView: (name: string, source: string, pipeline: readonly object[]) =>
      void views.push({ name, source, pipeline }),
    createRole: ({
      privileges,
    }: {
      privileges: { resource: { collection: string }; actions: string[] }[];
    }) => {
      for (const { resource, actions } of privileges)
        if (actions.join() === 'find') readable.push(resource.collection);
    },
    createUser: () => undefined,
  };
  const [, script = ''] = /```js\n([^]*?)```/.exec(guide) ?? [];
  runInNewContext(script, { db, passwordPrompt: () => '' });
  return { views, readable };
};

const done = [event('PromptFailed'), event('PromptCompleted'), completed('one')];
const runs = [
  runOf({ account: { unitId: 'bar' }, passMark: 80, later: done }),
  runOf({ account: { unitId: 'kitchen', labels: ['night'] }, language: 'es', day: 2, later: done }),
  runOf({ account: { employerId: undefined }, day: 3 }),
  runOf({ demo: true, later: done }),
];

/* Null, not there and undefined are one in a file. */
const present = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined));

const written = async <T>({ columns, rows }: List<T>): Promise<readonly Row[]> => {
  const found: Row[] = [];
  for await (const row of rows)
    found.push(Object.fromEntries(columns.map(({ name, value }) => [name, value(row)])));
  return found;
};

const sorted = (rows: readonly Row[]): readonly string[] =>
  rows.map((row) => JSON.stringify(Object.entries(present(row)).sort())).sort();

const only = (row: Row, names: readonly string[]): Row =>
  Object.fromEntries(names.map((name) => [name, row[name]]));

describe('the guide for analysts', () => {
  it('names all columns of the file of runs, in their order', () => {
    const [, listed = ''] = /^Runs have the columns (.*)\.$/m.exec(guide) ?? [];
    const { columns } = runsList(listedRuns({} as never, {}), new Date());
    expect([...listed.matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual(columns.map(({ name }) => name));
  });

  it('lets its user find in its views, and in nothing else', () => {
    const { views, readable } = commands();
    expect(views.map(({ name }) => name)).toEqual(readable);
    expect(readable).toHaveLength(2);
  });

  it('has views that say what the files say, under the same names', async () => {
    const connection = await connectMongo(testDatabase());
    try {
      const store = await mongoProgressStore(connection);
      await store.save(
        runs.map((next) => ({ next, readVersion: 0 })),
        [],
      );
      const figures = mongoRunFigures(connection);
      const files = [
        await written(runsList(listedRuns(figures, {}), new Date())),
        await written(answersList(answers(figures, {}), new Date())),
      ];
      for (const [index, { source, pipeline }] of commands().views.entries()) {
        const found = (await connection
          .collection(source)
          .aggregate([...pipeline])
          .toArray()) as Row[];
        const fields = [...new Set(found.flatMap((row) => Object.keys(row)))];
        const rows = files[index] ?? [];
        expect(rows.length).toBeGreaterThan(2);
        expect(sorted(found)).toEqual(sorted(rows.map((row) => only(row, fields))));
      }
    } finally {
      await connection.dropDatabase();
      await connection.close();
    }
  });
});
