import { inMemoryMessageStore } from './in-memory-message-store';
import { messageStoreContract } from './message-store.contract';

describe('the message log in memory', () => messageStoreContract(async () => inMemoryMessageStore(), 50));
