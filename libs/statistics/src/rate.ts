import { shareInterval, type Interval } from './interval';
import { whole } from './whole';

/** So many of so many. `share` (0 to 1) and its interval are `null` where there is nothing to share, or too little to say so. */
export type Rate = {
  readonly count: number;
  readonly of: number;
  readonly share: number | null;
  readonly interval: Interval | null;
};

const check = (count: number, of: number): void => {
  if (whole('a part', count) > whole('a whole', of)) throw new RangeError(`${count} of ${of} is no rate`);
};

/** A rate with its denominator and Wilson's 95 % interval. Throws where it cannot be one: more than all, less than none. */
export const rate = (count: number, of: number): Rate => {
  check(count, of);
  return { count, of, share: of === 0 ? null : count / of, interval: shareInterval(count, of) };
};

/** The counts of a rate that too few stand behind. */
export const countsAlone = (count: number, of: number): Rate => {
  check(count, of);
  return { count, of, share: null, interval: null };
};
