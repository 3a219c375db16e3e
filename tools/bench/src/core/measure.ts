/** What several rounds of one measurement gave, in `unit`; `goal` is what the project wants of the median. */
export type Measurement = {
  readonly name: string;
  readonly unit: string;
  readonly min: number;
  readonly median: number;
  readonly max: number;
  readonly rounds: number;
  readonly goal?: { readonly at: 'least' | 'most'; readonly value: number };
};

export type Goal = NonNullable<Measurement['goal']>;

/** Sums up rounds. Throws without any. */
export const summary = (
  what: { readonly name: string; readonly unit: string; readonly goal?: Goal },
  values: readonly number[],
): Measurement => {
  const sorted = [...values].sort((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined) throw new Error(`${what.name}: nothing was measured`);
  return { ...what, min, median: sorted[Math.floor(sorted.length / 2)] ?? max, max, rounds: sorted.length };
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
