import { inMemoryWaitingRecords } from './waiting-records';
import { waitingRecordsContract } from './waiting-records.contract';

describe('records that wait in memory', () => {
  waitingRecordsContract(() => Promise.resolve(inMemoryWaitingRecords()));
});
