import type { KeptProjection } from '../projections/projection';
import { evolveSchedule } from './evolve-schedule';
import { inMemoryPhoneSchedules } from './in-memory-phone-schedules';
import { mongoPhoneSchedules } from './mongo-phone-schedules';
import { storedPhoneScheduleSchema, type PhoneSchedule } from './phone-schedule';
import type { PhoneSchedules } from './phone-schedules';

/** Where each trainee stands, as far as the clock has to know. */
export const scheduleProjection: KeptProjection<PhoneSchedules, PhoneSchedule> = {
  collection: 'schedule',
  phoneField: '_id',
  versionField: 'version',
  schema: storedPhoneScheduleSchema,
  samples: { folder: 'clock/stored', name: 'phone-schedule' },
  inMemory: () => inMemoryPhoneSchedules(),
  mongo: mongoPhoneSchedules,
  keeper: (schedules) => ({
    load: (arrivals) => schedules.load([...arrivals.keys()]),
    include: (before, { batch }, after) => evolveSchedule(before, batch, after),
    save: (kept) => schedules.save(kept),
  }),
};
