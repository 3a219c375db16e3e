import { median } from '@stopcovid/statistics';

/** By how much a value may be higher at the end of a stretch than in its second quarter: a share of it, and so much more. */
export type Allowance = {
  readonly share: number;
  readonly more: number;
  /** Whether it may be higher once, as long as it does not go on to grow. */
  readonly mayStep: boolean;
};

/** How a value stood over a stretch: the medians of its second, third and last quarter, and the most that it ever was. */
export type Drift = {
  readonly from: number;
  readonly middle: number;
  readonly to: number;
  readonly most: number;
};

/** Of fewer readings a quarter has less than four, and its median says little. */
export const leastReadings = 16;

/**
 * What readings at equal distances, oldest first, come to; undefined where they are too few to tell. The first quarter
 * is when code is compiled, caches fill and people come: it is not looked at.
 */
export const driftOf = (values: readonly number[]): Drift | undefined => {
  if (values.length < leastReadings) return undefined;
  const quarter = Math.floor(values.length / 4);
  return {
    from: median(values.slice(quarter, 2 * quarter)) ?? NaN,
    middle: median(values.slice(-2 * quarter, -quarter)) ?? NaN,
    to: median(values.slice(-quarter)) ?? NaN,
    most: Math.max(...values),
  };
};

/** The most that the last quarter may have. */
export const allowedAfter = ({ from }: Drift, { share, more }: Allowance): number =>
  from * (1 + share) + more;

/* What is kept of each text makes a value grow from the second quarter to the third as much as from there to the last. */
const goesOn = ({ from, middle, to }: Drift, most: number): boolean =>
  Math.min(middle - from, to - middle) > (most - from) / 2;

export const isFlat = (drift: Drift, allowance: Allowance): boolean => {
  const most = allowedAfter(drift, allowance);
  return drift.to <= most || (allowance.mayStep && !goesOn(drift, most));
};
