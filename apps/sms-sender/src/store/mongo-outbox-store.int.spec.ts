import { randomUUID } from 'node:crypto';
import { connectMongo } from '@stopcovid/mongo';
import type { Connection } from 'mongoose';
import { mongoOutboxStore } from './mongo-outbox-store';
import { outboxStoreContract } from './outbox-store.contract';

const mongoUrl = (): string => {
  const url = process.env['MONGODB_URL'];
  if (!url) throw new Error('this spec needs MONGODB_URL, for example mongodb://127.0.0.1:27017');
  const address = new URL(url);
  address.pathname = `/sender_${randomUUID().slice(0, 8)}`;
  return address.toString();
};
const silent = { info: () => undefined, warn: () => undefined };

describe('the MongoDB outbox store', () => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await connectMongo({ url: mongoUrl(), appName: 'spec', logger: silent });
  });
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });
  beforeEach(async () => {
    await connection.dropDatabase();
  });
  outboxStoreContract(() => mongoOutboxStore(connection));
});
