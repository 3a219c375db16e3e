import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { mongoKeyedRequests } from './mongo-keyed-requests';
import { keyedRequestsContract } from './keyed-requests.contract';

type Connection = Awaited<ReturnType<typeof connectMongo>>;

describe('requests under keys, in MongoDB', () => {
  const open: Connection[] = [];
  afterAll(async () => {
    for (const connection of open) await connection.close();
  });

  keyedRequestsContract(async () => {
    const connection = await connectMongo(testDatabase());
    open.push(connection);
    return mongoKeyedRequests(connection);
  });
});
