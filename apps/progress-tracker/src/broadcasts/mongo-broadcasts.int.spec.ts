import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { broadcastsContract } from './broadcasts.contract';
import { mongoBroadcasts } from './mongo-broadcasts';

type Connection = Awaited<ReturnType<typeof connectMongo>>;

describe('broadcasts in MongoDB', () => {
  const open: Connection[] = [];
  afterAll(async () => {
    for (const connection of open) await connection.close();
  });

  broadcastsContract(async () => {
    const connection = await connectMongo(testDatabase());
    open.push(connection);
    return mongoBroadcasts(connection);
  });
});
