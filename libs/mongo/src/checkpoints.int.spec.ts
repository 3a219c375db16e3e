import { createConnection, type Connection } from 'mongoose';
import { mongoCheckpoints } from './checkpoints';
import { testDatabase } from './database.testkit';

const partitions = Array.from({ length: 12 }, (_, partition) => partition);

describe('checkpoints in MongoDB', () => {
  let connection: Connection;
  const asked: string[] = [];
  beforeAll(async () => {
    connection = await createConnection(testDatabase().url, { monitorCommands: true }).asPromise();
    connection.getClient().on('commandStarted', ({ commandName }) => asked.push(commandName));
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
    expect(asked).toEqual(['update', 'find']);
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
