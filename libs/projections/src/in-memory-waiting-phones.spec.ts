import { inMemoryWaitingPhones } from './in-memory-waiting-phones';
import { waitingPhonesContract } from './waiting-phones.contract';

describe('the record of waiting phones in memory', () =>
  waitingPhonesContract(() => Promise.resolve(inMemoryWaitingPhones())));
