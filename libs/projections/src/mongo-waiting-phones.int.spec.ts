import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { mongoWaitingPhones } from './mongo-waiting-phones';
import { waitingPhonesContract } from './waiting-phones.contract';

describe('the record of waiting phones in MongoDB', () => {
  let connection: Awaited<ReturnType<typeof connectMongo>>;
  let opened = 0;
  beforeAll(async () => {
    connection = await connectMongo(testDatabase());
  });
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  waitingPhonesContract(() => mongoWaitingPhones(connection, `waiting_${(opened += 1)}`));
});
