import { namesBy, perLabelOf, spanOf, sumsOf, type Paths } from '../figures/mongo-groups';
import type { GroupKey, RunFilter } from '../figures/run-figures';
import { ofEmployers } from '../progress/mongo-trainees';
import { bucketIdOf } from './bucket';
import type { BucketQuery } from './buckets';

/** What a bucket has beside its cells: the same sums, by one of the keys of cells alone. */
export const marginKeys = { units: 'unitId', drills: 'drill' } as const;

type Sums = 'whole' | 'cells' | keyof typeof marginKeys;

const bucketKeys: readonly GroupKey[] = ['employerId', 'day'];

/* The least of a bucket that has all of these. */
const leastOf = (keys: readonly GroupKey[]): Sums => {
  const inner = new Set(keys.filter((key) => !bucketKeys.includes(key)));
  if (inner.size === 0) return 'whole';
  const margins = Object.keys(marginKeys) as (keyof typeof marginKeys)[];
  return margins.find((margin) => inner.size === 1 && inner.has(marginKeys[margin])) ?? 'cells';
};

const pathsIn = (sums: Sums): Paths => ({
  employerId: 'employerId',
  day: 'day',
  unitId: `${sums}.unitId`,
  label: `${sums}.labels`,
  drill: `${sums}.drill`,
  revision: `${sums}.revision`,
  language: `${sums}.language`,
  reason: `${sums}.reason`,
});

type Conditions = Readonly<Record<string, unknown>>;

const bucketsOf = ({ filter, except }: Pick<BucketQuery, 'filter' | 'except'>): Conditions => {
  const { employerId, employers } = filter;
  const span = spanOf(filter);
  return {
    'counts.assigned': { $gt: 0 },
    ...ofEmployers('employerId', employers),
    ...(employerId === undefined ? {} : { employerId }),
    ...(span && { day: span }),
    ...(except.length === 0 ? {} : { _id: { $nin: except.map(bucketIdOf) } }),
  };
};

/* What is asked of the cells alone. */
const innerOf = ({
  from: _from,
  until: _until,
  employers: _employers,
  employerId: _employer,
  ...exact
}: RunFilter): ReadonlyMap<GroupKey, string> =>
  new Map(
    Object.entries(exact).flatMap(([key, wanted]) =>
      wanted === undefined ? [] : [[key as GroupKey, wanted] as const],
    ),
  );

/** How MongoDB adds up buckets. Cells are looked at where neither the buckets' own sums nor their margins are enough. */
export const countsPipeline = ({ filter, by, except }: BucketQuery): Conditions[] => {
  const wanted = innerOf(filter);
  const sums = leastOf([...by, ...wanted.keys()]);
  const paths = pathsIn(sums);
  const inner = Object.fromEntries([...wanted].map(([key, value]) => [paths[key], value]));
  return [
    { $match: bucketsOf({ filter, except }) },
    ...(sums === 'whole' ? [] : [{ $unwind: `$${sums}` }, { $match: inner }, ...perLabelOf(paths, by)]),
    { $group: { _id: namesBy(paths, by), ...sumsOf(sums === 'whole' ? 'counts' : `${sums}.counts`) } },
  ];
};
