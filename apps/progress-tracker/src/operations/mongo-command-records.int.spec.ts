import { newDatabases } from '../database.testkit';
import { commandRecordsContract } from './command-records.contract';
import { mongoCommandRecords } from './mongo-command-records';

const connect = newDatabases();

describe('asked commands in MongoDB', () => {
  commandRecordsContract(async () => {
    const connection = await connect();
    return mongoCommandRecords(connection, 90);
  });
});
