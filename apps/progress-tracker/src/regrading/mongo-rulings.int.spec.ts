import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { mongoRulings } from './mongo-rulings';
import { rulingsContract } from './rulings.contract';

type Connection = Awaited<ReturnType<typeof connectMongo>>;

describe('rulings on replies in MongoDB', () => {
  const open: Connection[] = [];
  afterAll(async () => {
    for (const connection of open) await connection.close();
  });

  rulingsContract(async () => {
    const connection = await connectMongo(testDatabase());
    open.push(connection);
    return mongoRulings(connection);
  });
});
