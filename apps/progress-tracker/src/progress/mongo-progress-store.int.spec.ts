import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { mongoProgressStore } from './mongo-progress-store';
import { progressStoreContract } from './progress-store.contract';

type Connection = Awaited<ReturnType<typeof connectMongo>>;

describe('projections in MongoDB', () => {
  const open: Connection[] = [];
  afterAll(async () => {
    for (const connection of open) await connection.close();
  });

  progressStoreContract(async () => {
    const connection = await connectMongo(testDatabase());
    open.push(connection);
    return mongoProgressStore(connection);
  });
});
