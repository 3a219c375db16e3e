import { connectMongo, testDatabase } from '@stopcovid/mongo';
import type { Connection } from 'mongoose';
import { budgetStoreContract } from './budget-store.contract';
import { mongoBudgetStore } from './mongo-budget-store';

const opened: Connection[] = [];
afterAll(async () => {
  for (const connection of opened) {
    await connection.dropDatabase();
    await connection.close();
  }
});

budgetStoreContract('MongoDB', async () => {
  const logger = { info: () => undefined, warn: () => undefined };
  const connection = await connectMongo({ url: testDatabase().url, appName: 'spec', logger });
  opened.push(connection);
  return mongoBudgetStore(connection);
});
