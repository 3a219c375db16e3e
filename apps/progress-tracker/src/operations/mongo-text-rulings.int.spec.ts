import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { mongoTextRulings } from './mongo-text-rulings';
import { textRulingsContract } from './text-rulings.contract';

describe('rulings in MongoDB', () => {
  let connection: Awaited<ReturnType<typeof connectMongo>> | undefined;
  afterAll(() => connection?.close());

  textRulingsContract(async () => {
    connection = await connectMongo(testDatabase());
    return mongoTextRulings(connection);
  });
});
