import { cachedDialogStore } from './cached-dialog-store';
import { dialogStoreContract } from './dialog-store.contract';
import { inMemoryDialogStore } from './in-memory-dialog-store';

describe('in memory', () => dialogStoreContract(inMemoryDialogStore));
describe('behind a cache', () => dialogStoreContract(() => cachedDialogStore(inMemoryDialogStore(), 10)));
describe('behind a cache that holds one', () =>
  dialogStoreContract(() => cachedDialogStore(inMemoryDialogStore(), 1)));
