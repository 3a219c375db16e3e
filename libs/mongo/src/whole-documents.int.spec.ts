import type { Connection } from 'mongoose';
import { connectMongo } from './connection';
import { testDatabase } from './database.testkit';

const names = Array.from({ length: 100 }, (_, number) => `field${number}`);
const allAre = (value: number): Record<string, number> =>
  Object.fromEntries(names.map((name) => [name, value]));

/* What compares and sets stands on it: a version belongs to all that was read beside it. */
describe('a document that is read while it is written', () => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await connectMongo(testDatabase());
  });
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  it.each([
    ['found', (wide: ReturnType<Connection['collection']>) => wide.findOne({})],
    [
      'of a pipeline',
      (wide: ReturnType<Connection['collection']>) => wide.aggregate([{ $match: {} }]).next(),
    ],
  ])('is of one write, where it is %s', async (_, read) => {
    const wide = connection.collection(`wide${Math.random()}`);
    await wide.insertOne(allAre(0));
    let [writes, writers] = [0, 0];
    const write = async (): Promise<void> => {
      for (writers += 1; writes < 2_000; writes += 1) await wide.updateOne({}, { $set: allAre(writes) });
      writers -= 1;
    };
    const kinds = new Set<number>();
    const look = async (): Promise<void> => {
      while (writers > 0) {
        const document = (await read(wide)) ?? {};
        kinds.add(new Set(names.map((name) => document[name])).size);
      }
    };
    await Promise.all([write, write, write, write, look, look, look, look].map((each) => each()));
    expect(kinds).toEqual(new Set([1]));
  });
});
