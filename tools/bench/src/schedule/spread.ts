import {
  Clock,
  inMemoryBroadcasts,
  inMemoryPhoneSchedules,
  inMemoryProgressStore,
  inMemorySchedules,
} from '@stopcovid/progress-tracker';
import { say, type Figure } from '../kit';
import { partsOf } from './clock-setting';
import { nine } from './due';
import type { Options } from './options';
import { finishedYesterday, phoneAt } from './trainees';

const minuteMs = 60_000;
const minutes = 60;

/** How many leave in each minute from nine to ten, in virtual time. */
const leaving = async (count: number): Promise<readonly number[]> => {
  let now = nine - 60 * minuteMs;
  const phoneSchedules = inMemoryPhoneSchedules(() => now);
  const writes = Array.from({ length: count }, (_, index) => finishedYesterday(phoneAt(index), nine));
  await phoneSchedules.save(writes.map((next) => ({ before: undefined, next })));
  let published = 0;
  const stores = {
    phoneSchedules,
    store: inMemoryProgressStore(),
    schedules: inMemorySchedules(),
    waitingMessages: inMemoryBroadcasts(),
    publisher: {
      publish: (_topic: string, records: readonly unknown[]) =>
        Promise.resolve(void (published += records.length)),
    },
  };
  const time = { now: () => Promise.resolve(now), pause: () => Promise.resolve(), onTick: () => undefined };
  const onTrouble = (error: unknown): never => {
    throw error;
  };
  const clock = new Clock(partsOf(stores, minutes, { ...time, onTrouble }));
  const leftBy = async (instant: number): Promise<number> => {
    now = instant;
    while (await clock.tick());
    return published;
  };
  if ((await leftBy(nine - minuteMs)) > 0) throw new Error('something left before nine');
  const left: number[] = [];
  for (let minute = 1; minute <= minutes; minute += 1) {
    const before = published;
    left.push((await leftBy(nine + minute * minuteMs - 1)) - before);
  }
  return left;
};

/** How evenly they leave who are due at one time with a spread of an hour. */
export const measureSpread = async ({ spread }: Options): Promise<readonly Figure[]> => {
  say(`${spread.toLocaleString('en-US')} leave within an hour of virtual time`);
  const left = await leaving(spread);
  const all = left.reduce((sum, each) => sum + each, 0);
  return [
    {
      name: `the busiest minute of ${spread} spread over an hour, times the mean`,
      value: (Math.max(...left) * minutes) / spread,
      goal: { at: 'most', value: 1.2 },
    },
    {
      name: 'of them not left within the hour, or twice',
      value: Math.abs(spread - all),
      goal: { at: 'most', value: 0 },
    },
  ];
};
