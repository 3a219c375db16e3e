/** A pair of whole numbers, and how often it was seen. */
export type Pair = { readonly x: number; readonly y: number; readonly count: number };

/**
 * Sums of a sample of pairs. They are whole numbers, so the order in which pairs came makes no difference, and what does
 * not vary is seen to be constant exactly.
 */
export type Sums = {
  readonly n: number;
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
};

export const sumsOf = (pairs: readonly Pair[]): Sums => {
  const total = (part: (pair: Pair) => number): number =>
    pairs.reduce((sum, pair) => sum + pair.count * part(pair), 0);
  return {
    n: total(() => 1),
    x: total(({ x }) => x),
    y: total(({ y }) => y),
    xx: total(({ x }) => x * x),
    xy: total(({ x, y }) => x * y),
    yy: total(({ y }) => y * y),
  };
};

/* Each n · (n − 1) times what it is named after. */
const variationX = ({ n, x, xx }: Sums): number => n * xx - x * x;
const variationY = ({ n, y, yy }: Sums): number => n * yy - y * y;
const covariation = ({ n, x, y, xy }: Sums): number => n * xy - x * y;

/** Pearson's correlation, −1 to 1; `null` where x or y does not vary. */
export const correlation = (sums: Sums): number | null => {
  const variation = variationX(sums) * variationY(sums);
  if (variation === 0) return null;
  return Math.min(1, Math.max(-1, covariation(sums) / Math.sqrt(variation)));
};

/** The covariance of x with x + y, over n − 1; `null` for fewer than two pairs. */
export const covarianceWithTotal = (sums: Sums): number | null =>
  sums.n < 2 ? null : (covariation(sums) + variationX(sums)) / (sums.n * (sums.n - 1));

/** How much of the covariance that these x and y could have at most they do have; `null` where they could have none. */
export const shareOfGreatestCovariance = (sums: Sums, greatestXy: number): number | null => {
  const greatest = covariation({ ...sums, xy: greatestXy });
  return greatest === 0 ? null : covariation(sums) / greatest;
};
