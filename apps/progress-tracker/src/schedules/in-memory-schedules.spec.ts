import { inMemorySchedules } from './in-memory-schedules';
import { schedulesContract } from './schedules.contract';

describe('schedules in memory', () => schedulesContract(() => Promise.resolve(inMemorySchedules())));
