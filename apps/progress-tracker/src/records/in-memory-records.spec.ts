import { inMemoryRecords } from './records';
import { recordsContract } from './records.contract';

describe('records of courses passed, in memory', () =>
  recordsContract(() => Promise.resolve(inMemoryRecords())));
