import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { apiKeysContract } from './api-keys.contract';
import { mongoApiKeys } from './mongo-api-keys';

type Connection = Awaited<ReturnType<typeof connectMongo>>;

describe('API keys in MongoDB', () => {
  const open: Connection[] = [];
  const connect = async (): Promise<Connection> => {
    const connection = await connectMongo(testDatabase());
    open.push(connection);
    return connection;
  };
  afterAll(async () => {
    for (const connection of open) await connection.close();
  });

  apiKeysContract(async () => mongoApiKeys(await connect()));

  it('let nobody in by a document that cannot be read, and name it', async () => {
    const connection = await connect();
    const withoutLimit = { role: 'admin', sha256: 'b'.repeat(64), expiresAt: null, revoked: null };
    await connection.collection<{ _id: string }>('api_keys').insertOne({ _id: 'by-hand', ...withoutLimit });
    const held = await mongoApiKeys(connection).holding(new Date());
    expect(held).toEqual({ keys: [], unreadable: ['by-hand'] });
  });
});
