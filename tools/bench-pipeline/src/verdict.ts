/** A figure that the project has a goal for. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly goal?: { readonly at: 'least' | 'most'; readonly value: number };
};

export type Verdict = 'met' | 'missed' | 'no goal';

/** Whether a figure is as good as wanted; one that equals its goal is. */
export const verdictOf = ({ value, goal }: Figure): Verdict => {
  if (goal === undefined) return 'no goal';
  const good = goal.at === 'least' ? value >= goal.value : value <= goal.value;
  return good ? 'met' : 'missed';
};

const goals = { stockDefault: 10, stockBest: 8, raw: 0.9 } as const;

/** What one run measured of each contestant's throughput, in commands per second. */
export type Rates = {
  readonly ours: number;
  readonly stock: number;
  readonly stockConcurrent: number;
  readonly raw: number;
};

/** Our throughput over each of the others'. */
export const ratiosOf = ({ ours, stock, stockConcurrent, raw }: Rates): readonly Figure[] => [
  {
    name: 'ours / stock, its default',
    value: ours / stock,
    goal: { at: 'least', value: goals.stockDefault },
  },
  {
    name: 'ours / stock, at its best',
    value: ours / Math.max(stock, stockConcurrent),
    goal: { at: 'least', value: goals.stockBest },
  },
  { name: 'ours / raw loop', value: ours / raw, goal: { at: 'least', value: goals.raw } },
];
