import { newDatabases } from '../database.testkit';
import { broadcastsContract } from './broadcasts.contract';
import { mongoBroadcasts } from './mongo-broadcasts';

const connect = newDatabases();

describe('broadcasts in MongoDB', () => {
  broadcastsContract(async () => {
    const connection = await connect();
    return mongoBroadcasts(connection);
  });
});
