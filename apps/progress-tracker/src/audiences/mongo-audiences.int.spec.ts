import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { audiencesContract } from './audiences.contract';
import { mongoAudiences } from './mongo-audiences';

type Connection = Awaited<ReturnType<typeof connectMongo>>;

describe('audiences in MongoDB', () => {
  const open: Connection[] = [];
  afterAll(async () => {
    for (const connection of open) await connection.close();
  });

  audiencesContract(async () => {
    const connection = await connectMongo(testDatabase());
    open.push(connection);
    return mongoAudiences(connection);
  });
});
