import { newDatabases } from '../database.testkit';
import { mongoRulings } from './mongo-rulings';
import { rulingsContract } from './rulings.contract';

const connect = newDatabases();

describe('rulings on replies in MongoDB', () => {
  rulingsContract(async () => {
    const connection = await connect();
    return mongoRulings(connection);
  });
});
