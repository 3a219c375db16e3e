import { median, shown, tableOf, type Figure } from '../kit';

/** What several rounds of one measurement gave, in `unit`; `goal` is what the project wants of the median. */
export type Measurement = {
  readonly name: string;
  readonly unit: string;
  readonly min: number;
  readonly median: number;
  readonly max: number;
  readonly rounds: number;
  readonly goal?: Goal;
};

type Goal = NonNullable<Figure['goal']>;

/** Sums up rounds. Throws without any. */
export const summary = (
  what: { readonly name: string; readonly unit: string; readonly goal?: Goal },
  values: readonly number[],
): Measurement => {
  if (values.length === 0) throw new Error(`${what.name}: nothing was measured`);
  const [min, max] = [Math.min(...values), Math.max(...values)];
  return { ...what, min, median: median(values), max, rounds: values.length };
};

/** CPU seconds of this process that a piece of work took: other programs on the machine do not count. */
export const cpuSeconds = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

/** How often per CPU second `work` can do its `count` things: one value per round, after warming up. */
export const ratesOf = (count: number, work: () => void, rounds = 9): readonly number[] => {
  const once = Math.max(1e-6, warmUp(work));
  const repeats = Math.max(1, Math.round(0.25 / once));
  return Array.from({ length: rounds }, () => {
    const seconds = cpuSeconds(() => {
      for (let i = 0; i < repeats; i++) work();
    });
    return (count * repeats) / seconds;
  });
};

/** Runs until the compiler has seen enough; the time of the last run. */
const warmUp = (work: () => void): number => {
  let [spent, runs] = [0, 0];
  while (spent < 0.5) {
    spent += cpuSeconds(work);
    runs += 1;
  }
  const steady = cpuSeconds(() => {
    for (let i = 0; i < Math.ceil(runs / 4); i++) work();
  });
  return steady / Math.ceil(runs / 4);
};

const spread = ({ min, max }: Measurement): string => `${(max / min).toFixed(2)}x`;

const towardsGoal = ({ goal, median }: Measurement): string => {
  if (goal === undefined) return '';
  const times = goal.at === 'least' ? median / goal.value : goal.value / median;
  return `at ${goal.at} ${shown(goal.value)}: ${times >= 1 ? 'met' : 'missed'}, ${times.toFixed(2)}x`;
};

const heads = ['what', 'unit', 'min', 'median', 'max', 'max/min', 'goal'];
const rowOf = (m: Measurement): readonly string[] => [
  m.name,
  m.unit,
  shown(m.min),
  shown(m.median),
  shown(m.max),
  spread(m),
  towardsGoal(m),
];

/** Measurements as a table of plain text. */
export const measurementsTable = (measurements: readonly Measurement[]): string =>
  tableOf(heads, measurements.map(rowOf));
