import { inMemoryDeliveries } from './deliveries';
import { deliveriesContract, webhooksContract } from './webhooks.contract';
import { inMemoryWebhooks } from './webhooks';

describe('webhooks in memory', () => webhooksContract(() => Promise.resolve(inMemoryWebhooks())));

describe('deliveries in memory', () => deliveriesContract(() => Promise.resolve(inMemoryDeliveries())));
