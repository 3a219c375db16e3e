import { revisionStoreContract } from './revision-store.contract';
import { cachedRevisionStore, inMemoryRevisionStore } from './revision-store';

describe('in memory', () => revisionStoreContract(inMemoryRevisionStore));
describe('behind a cache', () => revisionStoreContract(() => cachedRevisionStore(inMemoryRevisionStore())));
