import { inMemoryOutboxStore } from './in-memory-outbox-store';
import { outboxStoreContract } from './outbox-store.contract';

describe('the in-memory outbox store', () => {
  outboxStoreContract(() => Promise.resolve(inMemoryOutboxStore()));
});
