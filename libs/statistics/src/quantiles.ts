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
