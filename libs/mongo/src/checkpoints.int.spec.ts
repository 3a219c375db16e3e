import { mongoCheckpoints } from './checkpoints';
import { watchedDatabase, type WatchedDatabase } from './watched-database.testkit';

const partitions = Array.from({ length: 12 }, (_, partition) => partition);

describe('checkpoints in MongoDB', () => {
  let connection: WatchedDatabase['connection'];
  let asked: WatchedDatabase['asked'];
  beforeAll(async () => {
    ({ connection, asked } = await watchedDatabase());
  });
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });
  beforeEach(() => void asked.splice(0));

  it('are written for all partitions at once, and read for all who ask at one moment', async () => {
    const checkpoints = mongoCheckpoints(connection, { collection: 'checkpoints' });
    await checkpoints.advance(
      partitions.map((partition) => ({ topic: 'commands', partition, offset: String(100 + partition) })),
    );
    const marks = await Promise.all(partitions.map((partition) => checkpoints.mark('commands', partition)));
    expect(marks.map(({ offset }) => Number(offset) - 100)).toEqual(partitions);
    expect(asked).toEqual(['update checkpoints', 'find checkpoints']);
    await checkpoints.advance([]);
    expect(asked).toHaveLength(2);
  });

  it('stop their own partition alone where they cannot be read', async () => {
    await connection.collection<{ _id: string }>('spoilt').insertOne({ _id: 'commands/1' });
    const checkpoints = mongoCheckpoints(connection, { collection: 'spoilt' });
    const reads = await Promise.allSettled(
      [0, 1].map((partition) => checkpoints.read('commands', partition)),
    );
    expect(reads).toMatchObject([{ status: 'fulfilled', value: undefined }, { status: 'rejected' }]);
  });
});
