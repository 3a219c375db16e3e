import type { Phone } from '@stopcovid/contracts';
import type { Waiting, WaitingPhones } from './waiting';

/** The record in this process alone: gone when it ends. */
export const inMemoryWaitingPhones = (): WaitingPhones => {
  const kept = new Map<Phone, Waiting>();
  return {
    of: (partition) =>
      Promise.resolve(
        [...kept.values()]
          .filter((waiting) => waiting.partition === partition)
          .sort((one, other) => (one.phone < other.phone ? -1 : 1)),
      ),
    find: (phones) =>
      Promise.resolve(
        new Map(
          phones.flatMap((phone) => {
            const waiting = kept.get(phone);
            return waiting === undefined ? [] : [[phone, waiting] as const];
          }),
        ),
      ),
    keep: (waiting) => {
      for (const each of waiting) kept.set(each.phone, each);
      return Promise.resolve();
    },
    forget: (phones) => {
      for (const phone of phones) kept.delete(phone);
      return Promise.resolve();
    },
  };
};
