import { fittingSums } from '../figures/grouped';
import { spanOf } from '../figures/mongo-groups';
import type { GroupKey, RunFilter } from '../figures/run-figures';
import { ofEmployers } from '../progress/mongo-trainees';
import { bucketIdOf, type Cell } from './bucket';
import type { BucketQuery } from './buckets';

/** What a bucket has beside its cells: the same sums, by some of the keys of cells alone. */
export const marginKeys = {
  units: ['unitId'],
  drills: ['drill', 'revision', 'language'],
} as const satisfies Record<string, readonly GroupKey[]>;

export type MarginName = keyof typeof marginKeys;

/** Where a bucket has sums: its own, its margins, and its cells. */
export type Sums = 'counts' | MarginName | 'cells';

const bucketKeys: readonly GroupKey[] = ['employerId', 'day'];

/* What is asked of the cells alone. */
const innerKeysOf = ({
  from: _from,
  until: _until,
  employers: _employers,
  employerId: _employer,
  ...exact
}: RunFilter): readonly GroupKey[] =>
  Object.entries(exact).flatMap(([key, wanted]) => (wanted === undefined ? [] : [key as GroupKey]));

/** The least of a bucket that answers it. */
export const leastFor = ({ filter, by }: Pick<BucketQuery, 'filter' | 'by'>): Sums => {
  const inner = [...by, ...innerKeysOf(filter)].filter((key) => !bucketKeys.includes(key));
  if (inner.length === 0) return 'counts';
  const margins = Object.keys(marginKeys) as MarginName[];
  const has = (margin: MarginName, key: GroupKey): boolean =>
    (marginKeys[margin] as readonly GroupKey[]).includes(key);
  return margins.find((margin) => inner.every((key) => has(margin, key))) ?? 'cells';
};

/** Which buckets it is asked of, as MongoDB looks for them. */
export const bucketsFor = ({
  filter,
  except,
}: Pick<BucketQuery, 'filter' | 'except'>): Readonly<Record<string, unknown>> => {
  const { employerId, employers } = filter;
  const span = spanOf(filter);
  return {
    ...ofEmployers('employerId', employers),
    ...(employerId === undefined ? {} : { employerId }),
    ...(span && { day: span }),
    ...(except.length === 0 ? {} : { _id: { $nin: except.map(bucketIdOf) } }),
  };
};

/** Adds up such sums of buckets, one bucket after another. Those of a bucket whose runs all count no more are of none. */
export const sumsFor = ({ filter, by }: Pick<BucketQuery, 'filter' | 'by'>) => {
  const sums = fittingSums(filter, by);
  return {
    add: (own: readonly Cell[]): void => {
      for (const cell of own) if (cell.counts.assigned > 0) sums.add(cell);
    },
    groups: sums.groups,
  };
};
