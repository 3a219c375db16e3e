import { mean, sum } from '../../kit/numbers';

/** What one process of a part costs while so many texts a second, in and out, are with it: CPU seconds a second. */
export type Point = {
  readonly textsPerSecond: number;
  readonly cpu: number;
  /** Whether the machine had no CPU left, so that whoever waited for some gathered meanwhile. */
  readonly isFull: boolean;
};

/** What one process costs: CPU seconds, and how many batches a second it has at most. A full machine has fewer, fuller ones. */
export type CpuCost = {
  /** Of a second in which nothing happens. */
  readonly idle: number;
  readonly perText: number;
  readonly perBatch: number;
  readonly batchesAtMost: number;
  readonly batchesAtMostWhenFull: number;
  /** The highest rate of texts a second that one process was measured at. */
  readonly measuredTo: number;
};

/** While texts are few each is a batch of its own; the more there are the fuller batches get, and no more than `most` are begun. */
const batchesAt = (textsPerSecond: number, most: number): number =>
  textsPerSecond / (1 + textsPerSecond / most);

/**
 * CPU seconds a second of one process that so many texts a second are with, while there is CPU to spare. Nobody has seen
 * batches get fuller than at the highest rate that was measured: above it a text costs what it costs there.
 */
export const cpuAt = (cost: CpuCost, textsPerSecond: number): number => {
  const { idle, perText, perBatch, batchesAtMost, measuredTo } = cost;
  const measured = Math.min(textsPerSecond, measuredTo);
  const beyond = Math.max(1, textsPerSecond / measuredTo);
  return idle + beyond * (perText * measured + perBatch * batchesAt(measured, batchesAtMost));
};

/** The same while the machine has no CPU left. */
export const cpuWhenFull = (cost: CpuCost, textsPerSecond: number): number =>
  cpuAt({ ...cost, batchesAtMost: cost.batchesAtMostWhenFull }, textsPerSecond);

/* Below it, what is missed is rounding, and texts alone explain as much as batches. */
const noise = 1e-9;

type Shares = Pick<CpuCost, 'perText' | 'perBatch'>;
/** A measure in parts of itself: 1 is what texts and batches together must come to. */
type Row = { readonly texts: number; readonly batches: number };

/* Least squares of what is missed, as parts of what was measured; neither share below 0. */
const sharesOf = (rows: readonly Row[]): Shares => {
  const tt = sum(rows.map(({ texts }) => texts ** 2));
  const bb = sum(rows.map(({ batches }) => batches ** 2));
  const tb = sum(rows.map(({ texts, batches }) => texts * batches));
  const [t, b] = [sum(rows.map(({ texts }) => texts)), sum(rows.map(({ batches }) => batches))];
  const determinant = tt * bb - tb ** 2;
  const both = { perText: (t * bb - b * tb) / determinant, perBatch: (b * tt - t * tb) / determinant };
  if (determinant > noise * tt * bb && both.perText >= 0 && both.perBatch >= 0) return both;
  const alone = [
    { perText: t / tt, perBatch: 0 },
    { perText: 0, perBatch: b / bb },
  ] as const;
  return missed(rows, alone[0]) <= missed(rows, alone[1]) + noise ? alone[0] : alone[1];
};

const missed = (rows: readonly Row[], { perText, perBatch }: Shares): number =>
  sum(rows.map(({ texts, batches }) => (texts * perText + batches * perBatch - 1) ** 2));

/* How many batches a second there can be depends on fetches and their waits; what fits best is taken. */
const triedMost = [5, 10, 20, 35, 60, 100, 200];
const leastCpu = 1e-6;

type Most = Pick<CpuCost, 'batchesAtMost' | 'batchesAtMostWhenFull'>;

/* Where all were full or none was, nothing tells them apart, and the first of these, which has one for both, is taken. */
const tried: readonly Most[] = triedMost.flatMap((batchesAtMost) =>
  triedMost
    .filter((most) => most <= batchesAtMost)
    .map((batchesAtMostWhenFull) => ({ batchesAtMost, batchesAtMostWhenFull }))
    .reverse(),
);

const rowOf = ({ textsPerSecond, cpu, isFull }: Point, idle: number, most: Most): Row => {
  const own = Math.max(leastCpu, cpu - idle);
  const atMost = isFull ? most.batchesAtMostWhenFull : most.batchesAtMost;
  return { texts: textsPerSecond / own, batches: batchesAt(textsPerSecond, atMost) / own };
};

/**
 * What fits measures of one process best. An idle second is the mean of those without texts, 0 without any. Measures at
 * one rate, or a single one, know nothing of batches: there all is by text.
 */
export const cpuCostOf = (points: readonly Point[]): CpuCost => {
  const still = points.filter(({ textsPerSecond }) => textsPerSecond === 0);
  const busy = points.filter(({ textsPerSecond }) => textsPerSecond > 0);
  const idle = still.length === 0 ? 0 : mean(still.map(({ cpu }) => cpu));
  const measuredTo = Math.max(...busy.map(({ textsPerSecond }) => textsPerSecond));
  const fits = tried.map((most) => {
    const rows = busy.map((point) => rowOf(point, idle, most));
    const shares = sharesOf(rows);
    return { error: missed(rows, shares), cost: { idle, ...shares, ...most, measuredTo } };
  });
  const best = fits.reduce((one, other) => (other.error < one.error - noise ? other : one));
  return best.cost;
};
