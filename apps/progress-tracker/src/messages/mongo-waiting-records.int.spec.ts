import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { mongoWaitingRecords } from './mongo-waiting-records';
import { waitingRecordsContract } from './waiting-records.contract';

describe('records that wait in MongoDB', () => {
  let connection: Awaited<ReturnType<typeof connectMongo>>;
  let collections = 0;
  beforeAll(async () => {
    connection = await connectMongo(testDatabase());
  });
  afterAll(() => connection.close());
  waitingRecordsContract(() => mongoWaitingRecords(connection, `waiting_${(collections += 1)}`));
});
