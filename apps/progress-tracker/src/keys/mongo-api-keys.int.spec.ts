import { newDatabases } from '../database.testkit';
import { apiKeysContract } from './api-keys.contract';
import { mongoApiKeys } from './mongo-api-keys';

const connect = newDatabases();

describe('API keys in MongoDB', () => {
  apiKeysContract(async () => mongoApiKeys(await connect()));

  it('let nobody in by a document that cannot be read, and name it', async () => {
    const connection = await connect();
    const withoutLimit = { role: 'admin', sha256: 'b'.repeat(64), expiresAt: null, revoked: null };
    await connection.collection<{ _id: string }>('api_keys').insertOne({ _id: 'by-hand', ...withoutLimit });
    const held = await mongoApiKeys(connection).holding(new Date());
    expect(held).toEqual({ keys: [], unreadable: ['by-hand'] });
  });
});
