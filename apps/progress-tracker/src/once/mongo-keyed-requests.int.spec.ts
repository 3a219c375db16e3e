import { newDatabases } from '../database.testkit';
import { mongoKeyedRequests } from './mongo-keyed-requests';
import { keyedRequestsContract } from './keyed-requests.contract';

const connect = newDatabases();

describe('requests under keys, in MongoDB', () => {
  keyedRequestsContract(async () => {
    const connection = await connect();
    return mongoKeyedRequests(connection);
  });
});
