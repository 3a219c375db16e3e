import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { mongoRecords } from './mongo-records';
import { recordsContract } from './records.contract';

type Connection = Awaited<ReturnType<typeof connectMongo>>;

const open: Connection[] = [];
afterAll(async () => {
  for (const connection of open) await connection.close();
});

describe('records of courses passed, in MongoDB', () =>
  recordsContract(async () => {
    const connection = await connectMongo(testDatabase());
    open.push(connection);
    return mongoRecords(connection);
  }));
