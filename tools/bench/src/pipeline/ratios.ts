import type { Figure } from '../kit';

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
