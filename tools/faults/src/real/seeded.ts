/** The next number of a sequence, from 0 up to but not including 1. */
export type Random = () => number;

/** A sequence that its seed repeats (mulberry32). Parts that draw at their own pace each need one of their own. */
export const seeded = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
};

/** One of several, each equally likely. Throws for an empty list. */
export const oneOf = <T>(random: Random, values: readonly T[]): T => {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('nothing to choose from');
  return value;
};

/** The same values in another order, each order equally likely. */
export const shuffled = <T>(random: Random, values: readonly T[]): readonly T[] =>
  values
    .map((value) => ({ value, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ value }) => value);
