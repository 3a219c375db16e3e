import { namesBy, perLabelOf, spanOf, sumsOf, type Paths } from '../figures/mongo-groups';
import type { GroupKey, RunFilter } from '../figures/run-figures';
import { ofEmployers } from '../progress/mongo-trainees';
import { bucketIdOf } from './bucket';
import type { BucketQuery } from './buckets';

const paths: Paths = {
  employerId: 'employerId',
  day: 'day',
  unitId: 'cells.unitId',
  label: 'cells.labels',
  drill: 'cells.drill',
  revision: 'cells.revision',
  language: 'cells.language',
  reason: 'cells.reason',
};

const isOfCells = (key: GroupKey): boolean => paths[key].startsWith('cells.');

type Conditions = Readonly<Record<string, unknown>>;

const bucketsOf = ({ filter, except }: Pick<BucketQuery, 'filter' | 'except'>): Conditions => {
  const { employerId, employers } = filter;
  const span = spanOf(filter);
  return {
    'counts.assigned': { $gt: 0 },
    ...ofEmployers(paths.employerId, employers),
    ...(employerId === undefined ? {} : { employerId }),
    ...(span && { day: span }),
    ...(except.length === 0 ? {} : { _id: { $nin: except.map(bucketIdOf) } }),
  };
};

const cellsOf = ({
  from: _from,
  until: _until,
  employers: _employers,
  employerId: _employer,
  ...exact
}: RunFilter): Conditions =>
  Object.fromEntries(
    Object.entries(exact).flatMap(([key, wanted]) =>
      wanted === undefined ? [] : [[paths[key as GroupKey], wanted]],
    ),
  );

/** How MongoDB adds up buckets. Cells are looked at where the buckets' own sums are not enough. */
export const countsPipeline = ({ filter, by, except }: BucketQuery): Conditions[] => {
  const wanted = cellsOf(filter);
  const isWhole = Object.keys(wanted).length === 0 && !by.some(isOfCells);
  return [
    { $match: bucketsOf({ filter, except }) },
    ...(isWhole ? [] : [{ $unwind: '$cells' }, { $match: wanted }, ...perLabelOf(paths, by)]),
    { $group: { _id: namesBy(paths, by), ...sumsOf(isWhole ? 'counts' : 'cells.counts') } },
  ];
};
