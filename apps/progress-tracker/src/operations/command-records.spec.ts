import { inMemoryCommandRecords } from './command-records';
import { commandRecordsContract } from './command-records.contract';

describe('asked commands in memory', () =>
  commandRecordsContract(() => Promise.resolve(inMemoryCommandRecords())));
