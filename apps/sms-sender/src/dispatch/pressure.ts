import { pause } from '@stopcovid/runtime';
import { longestBackoffMs } from '../outbox/deliver';
import type { OutboxStore } from '../store/outbox-store';

/** How much waits to be sent that no trainee has asked for, and whether schedules should add nothing to it for now. */
export type Pressure = {
  readonly pressed: boolean;
  /** Phones, counted up to the limit. */
  readonly waiting: number;
  /** 0: any number may wait, and none is counted. */
  readonly limit: number;
};

/* With two texts each the last of them waits for half an hour. */
const phonesPerRate = 1_000;
/* More people who begin at once than the machines can talk to would make replies late, whatever the account may send. */
const mostPhones = 10_000;

/** How many phones may wait where nobody says so, at a rate in texts a second. */
export const usualLimit = (perSecond: number): number =>
  Math.min(mostPhones, Math.ceil(perSecond * phonesPerRate));

const releasedBelow = 0.8;

/** What a look at the queue makes of it. It ends well below the limit, so that it does not come and go around it. */
export const pressureAfter = ({ pressed, limit }: Pressure, waiting: number): Pressure => ({
  pressed: limit > 0 && waiting >= (pressed ? limit * releasedBelow : limit),
  waiting,
  limit,
});

export type PressureParts = {
  readonly store: Pick<OutboxStore, 'waiting'>;
  readonly limit: number;
  readonly everyMs: number;
  readonly now: () => number;
  readonly onLook: (now: Pressure, before: Pressure) => void;
  readonly onFailed: (error: unknown) => void;
};

/** The pressure as it was seen last. */
export interface PressureWatch {
  current(): Pressure;
  close(): void;
}

/**
 * Looks every so often, beside the work and never for its sake. While the store is away, what was seen last holds. What is
 * held for hours that are further off than any pause between two tries does not wait for the rate, and is not counted.
 */
export const watchedPressure = (parts: PressureParts): PressureWatch => {
  const { store, limit, everyMs, now, onLook, onFailed } = parts;
  const closing = new AbortController();
  let current: Pressure = { pressed: false, waiting: 0, limit };
  const look = async (): Promise<void> => {
    try {
      const before = current;
      const waiting = await store.waiting({
        priority: 'later',
        until: now() + longestBackoffMs,
        most: limit,
      });
      current = pressureAfter(before, waiting);
      onLook(current, before);
    } catch (error) {
      if (!closing.signal.aborted) onFailed(error);
    }
  };
  const keepLooking = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      await look();
      await pause(everyMs, closing.signal);
    }
  };
  if (limit > 0) void keepLooking();
  return { current: () => current, close: () => closing.abort() };
};
