import { randomUUID } from 'node:crypto';
import type { Phone } from '@stopcovid/contracts';
import type { Known } from '@stopcovid/projections';
import { atOnce, type PhoneSchedule } from './phone-schedule';
import type { MarkedPhones, PhoneSchedules, ScheduleWrite } from './phone-schedules';

const isOf = ({ phone, partition, trainee }: PhoneSchedule, whose: MarkedPhones): boolean => {
  if ('phones' in whose) return whose.phones.includes(phone);
  if ('partition' in whose) return partition === whose.partition;
  if (whose.level === 'trainee') return phone === whose.phone;
  const sameEmployer = trainee.employerId === whose.employerId;
  return sameEmployer && (whose.level === 'employer' || trainee.unitId === whose.unitId);
};

/** Schedules in this process alone, by a clock that is given: gone when it ends. */
export const inMemoryPhoneSchedules = (now: () => number = Date.now): PhoneSchedules => {
  const kept = new Map<Phone, PhoneSchedule>();
  const bases = new Map<number, string>();
  const put = (schedule: PhoneSchedule): void =>
    void kept.set(schedule.phone, { ...schedule, writeId: randomUUID() });
  const save = ({ before, next }: ScheduleWrite): readonly Phone[] => {
    if (kept.get(next.phone)?.writeId !== before?.writeId) return [next.phone];
    put(next);
    return [];
  };
  return {
    load: (phones) =>
      Promise.resolve(
        new Map(
          phones.flatMap((phone): readonly (readonly [Phone, Known<PhoneSchedule>])[] => {
            const value = kept.get(phone);
            return value === undefined ? [] : [[phone, { kind: 'readable', value }]];
          }),
        ),
      ),
    save: (writes) => Promise.resolve(new Set(writes.flatMap(save))),
    due: ({ partitions, now: at, limit }) =>
      Promise.resolve({
        schedules: [...kept.values()]
          .filter(
            ({ partition, nextAt }) => partitions.includes(partition) && nextAt !== null && nextAt <= at,
          )
          .sort((one, other) => (one.nextAt ?? 0) - (other.nextAt ?? 0))
          .slice(0, limit),
        unreadable: [],
      }),
    ahead: ({ partitions, now: at, until, limit }) =>
      Promise.resolve(
        [...kept.values()]
          .flatMap(({ phone, partition, nextAt }) =>
            partitions.includes(partition) && nextAt !== null && nextAt > at && nextAt < until
              ? [{ phone, nextAt }]
              : [],
          )
          .sort((one, other) => one.nextAt - other.nextAt)
          .slice(0, limit),
      ),
    mark: (whose) => {
      for (const schedule of kept.values()) if (isOf(schedule, whose)) put({ ...schedule, nextAt: atOnce });
      return Promise.resolve();
    },
    basis: (partition) => Promise.resolve(bases.get(partition)),
    noteBasis: (partition, basis) => Promise.resolve(void bases.set(partition, basis)),
    now: () => Promise.resolve(now()),
  };
};
