import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { historyContract } from './history.contract';
import { mongoHistory } from './mongo-history';

type Connection = Awaited<ReturnType<typeof connectMongo>>;

describe('the history in MongoDB', () => {
  const open: Connection[] = [];
  afterAll(async () => {
    for (const connection of open) await connection.close();
  });

  historyContract(async () => {
    const connection = await connectMongo(testDatabase());
    open.push(connection);
    return mongoHistory(connection);
  });
});
