import { newDatabases } from '../database.testkit';
import { deliveriesContract, webhooksContract } from './webhooks.contract';
import { mongoDeliveries } from './mongo-deliveries';
import { mongoWebhooks } from './mongo-webhooks';
import { webhook } from './webhooks.testkit';

const connect = newDatabases();

describe('in MongoDB', () => {
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
