import { inMemoryApiKeys } from './api-keys';
import { apiKeysContract } from './api-keys.contract';

describe('API keys in memory', () => apiKeysContract(() => Promise.resolve(inMemoryApiKeys())));
