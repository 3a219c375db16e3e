import { historyContract } from './history.contract';
import { inMemoryHistory } from './in-memory-history';

describe('the history in memory', () => historyContract(() => Promise.resolve(inMemoryHistory())));
