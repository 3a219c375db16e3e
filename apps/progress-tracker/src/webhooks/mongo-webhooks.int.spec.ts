import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { deliveriesContract, webhooksContract } from './webhooks.contract';
import { mongoDeliveries } from './mongo-deliveries';
import { mongoWebhooks } from './mongo-webhooks';
import { webhook } from './webhooks.testkit';

type Connection = Awaited<ReturnType<typeof connectMongo>>;

describe('in MongoDB', () => {
  const open: Connection[] = [];
  const connect = async (): Promise<Connection> => {
    const connection = await connectMongo(testDatabase());
    open.push(connection);
    return connection;
  };
  afterAll(async () => {
    for (const connection of open) await connection.close();
  });

  describe('webhooks', () => {
    webhooksContract(async () => mongoWebhooks(await connect()));

    it('that cannot be read are told nothing, and named', async () => {
      const connection = await connect();
      const webhooks = await mongoWebhooks(connection);
      await webhooks.add(webhook());
      await connection
        .collection<{ _id: string }>('webhooks')
        .insertOne({ _id: 'by-hand', ...{ url: 'https://example.org/', disabled: null } });
      expect(await webhooks.enabled()).toMatchObject({
        webhooks: [{ id: 'wh_one' }],
        unreadable: ['by-hand'],
      });
    });
  });

  describe('deliveries', () => deliveriesContract(async () => mongoDeliveries(await connect())));
});
