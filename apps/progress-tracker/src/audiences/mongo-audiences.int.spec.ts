import { newDatabases } from '../database.testkit';
import { audiencesContract } from './audiences.contract';
import { mongoAudiences } from './mongo-audiences';

const connect = newDatabases();

describe('audiences in MongoDB', () => {
  audiencesContract(async () => {
    const connection = await connect();
    return mongoAudiences(connection);
  });
});
