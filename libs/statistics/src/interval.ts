/** Where the true value lies with 95 % confidence. */
export type Interval = { readonly low: number; readonly high: number };

/** The standard normal distribution has 95 % of itself within this of 0. */
const z = 1.959963984540054;

/** Wilson's interval of a share; `null` where there is nothing to share. It never leaves 0 to 1. */
export const shareInterval = (count: number, of: number): Interval | null => {
  if (of === 0) return null;
  const share = count / of;
  const scale = 1 + (z * z) / of;
  const centre = (share + (z * z) / (2 * of)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return {
    low: count === 0 ? 0 : Math.max(0, centre - half),
    high: count === of ? 1 : Math.min(1, centre + half),
  };
};

/* As near to 1 as sums of rounded numbers come when they mean it. */
const perfect = 1 - 1e-12;

/**
 * Fisher's interval of a correlation (−1 to 1) in a sample of pairs. `null` for fewer than four pairs, and for a perfect
 * correlation, of which the method would be sure in any sample.
 */
export const correlationInterval = (r: number, sample: number): Interval | null => {
  if (sample < 4 || Math.abs(r) > perfect) return null;
  const half = z / Math.sqrt(sample - 3);
  return { low: Math.tanh(Math.atanh(r) - half), high: Math.tanh(Math.atanh(r) + half) };
};
