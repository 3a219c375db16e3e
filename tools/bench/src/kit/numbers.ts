import * as statistics from '@stopcovid/statistics';

const measured = (found: number | null): number => {
  if (found === null) throw new Error('nothing was measured');
  return found;
};

/** The value in the middle, or the mean of the two there. Throws without any. */
export const median = (values: readonly number[]): number => measured(statistics.median(values));

/** The smallest of the values that at least so many percent do not exceed. Throws without any. */
export const percentile = (values: readonly number[], percent: number): number =>
  measured(statistics.percentile(values, percent));

export type Point = { readonly x: number; readonly y: number };

/** How much y grows with each x, by least squares; 0 when x does not change. */
export const slope = (points: readonly Point[]): number => {
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
  const spread = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  if (spread === 0) return 0;
  return points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) / spread;
};

/**
 * How much y grows with each x from the middle third to the last, by medians: what garbage lies about at a moment is no
 * growth, and the first third only warms up.
 */
export const growth = (points: readonly Point[]): number => {
  const third = Math.max(1, Math.floor(points.length / 3));
  const [middle, last] = [points.slice(-2 * third, -third), points.slice(-third)];
  const grown = (pick: (point: Point) => number): number => median(last.map(pick)) - median(middle.map(pick));
  return grown(({ y }) => y) / grown(({ x }) => x);
};

/** The greatest value over the smallest, less one: 0.1 for a tenth more. */
export const unevenness = (values: readonly number[]): number =>
  Math.max(...values) / Math.min(...values) - 1;

/** All of them together; 0 of none. */
export const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** Their sum by their number; NaN of none. */
export const mean = (values: readonly number[]): number => sum(values) / values.length;
