const ordered = (values: readonly number[]): readonly number[] => {
  const stray = values.find((value) => !Number.isFinite(value));
  if (stray !== undefined) throw new RangeError(`${stray} cannot be put in order`);
  return values.toSorted((one, other) => one - other);
};

/** The value in the middle, or the mean of the two there; `null` without values. */
export const median = (values: readonly number[]): number | null => {
  const inOrder = ordered(values);
  const upper = inOrder[Math.floor(values.length / 2)];
  const lower = inOrder[Math.floor((values.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
};

/** The smallest of the values that at least so many percent (0 to 100) do not exceed; `null` without values. */
export const percentile = (values: readonly number[], percent: number): number | null => {
  if (!(percent >= 0 && percent <= 100)) throw new RangeError(`there is no percentile ${percent}`);
  const rank = Math.max(1, Math.ceil((percent * values.length) / 100));
  return ordered(values)[rank - 1] ?? null;
};

/** A value, and how often it came. */
export type Counted = readonly [value: number, count: number];

/** The values at these places in the order of all of them, from 1 on; those behind the last are left out. */
const valuesAt = (counted: Iterable<Counted>, ranks: readonly number[]): readonly number[] => {
  let passed = 0;
  return [...counted]
    .sort(([one], [other]) => one - other)
    .flatMap(([value, count]) => {
      const [before, behind] = [passed, (passed += count)];
      return ranks.filter((rank) => rank > before && rank <= behind).map(() => value);
    });
};

const howMany = (counted: readonly Counted[]): number =>
  counted.reduce((sum, [value, count]) => {
    if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be put in order`);
    return sum + count;
  }, 0);

/** As `median`, of values that are counted. */
export const countedMedian = (counted: readonly Counted[]): number | null => {
  const all = howMany(counted);
  const [lower, upper] = valuesAt(counted, [Math.ceil(all / 2), Math.floor(all / 2) + 1]);
  return lower === undefined || upper === undefined ? null : (lower + upper) / 2;
};

/** As `percentile`, of values that are counted. */
export const countedPercentile = (counted: readonly Counted[], percent: number): number | null => {
  if (!(percent >= 0 && percent <= 100)) throw new RangeError(`there is no percentile ${percent}`);
  const rank = Math.max(1, Math.ceil((percent * howMany(counted)) / 100));
  return valuesAt(counted, [rank])[0] ?? null;
};
