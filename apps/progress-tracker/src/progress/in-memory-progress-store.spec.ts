import { inMemoryProgressStore } from './in-memory-progress-store';
import { progressStoreContract } from './progress-store.contract';

describe('projections in memory', () =>
  progressStoreContract(() => Promise.resolve(inMemoryProgressStore())));
