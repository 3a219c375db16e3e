import { newDatabases } from '../database.testkit';
import { historyContract } from './history.contract';
import { mongoHistory } from './mongo-history';

const connect = newDatabases();

describe('the history in MongoDB', () => {
  historyContract(async () => {
    const connection = await connect();
    return mongoHistory(connection);
  });
});
