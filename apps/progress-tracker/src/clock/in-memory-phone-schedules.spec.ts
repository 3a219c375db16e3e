import { inMemoryPhoneSchedules } from './in-memory-phone-schedules';
import { phoneSchedulesContract } from './phone-schedules.contract';

describe('schedules of phones in memory', () =>
  phoneSchedulesContract(() => Promise.resolve(inMemoryPhoneSchedules())));
