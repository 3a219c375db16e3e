import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { commandRecordsContract } from './command-records.contract';
import { mongoCommandRecords } from './mongo-command-records';

type Connection = Awaited<ReturnType<typeof connectMongo>>;

describe('asked commands in MongoDB', () => {
  const open: Connection[] = [];
  afterAll(async () => {
    for (const connection of open) await connection.close();
  });

  commandRecordsContract(async () => {
    const connection = await connectMongo(testDatabase());
    open.push(connection);
    return mongoCommandRecords(connection, 90);
  });
});
