import type { LocalDate } from '@stopcovid/calendar';
import type { RunGroups } from '../progress/run-groups';
import type { Grouped } from '../figures/grouped';
import type { ContentTable } from '../figures/question-table';
import type { RunCounts } from '../figures/run-figures';
import { groupBy } from '@stopcovid/runtime';

/** Which runs a bucket is of: those that trainees of one employer (`null`: of none) began on one local day. */
export type BucketKey = { readonly employerId: string | null; readonly day: LocalDate };

/** The key as one text: in the order of days. */
export const bucketIdOf = ({ employerId, day }: BucketKey): string => `${day} ${JSON.stringify(employerId)}`;

/** Each once. */
export const distinctKeys = (keys: readonly BucketKey[]): readonly BucketKey[] => [
  ...new Map(keys.map((key) => [bucketIdOf(key), key])).values(),
];

type BucketedRun = { readonly groups?: Pick<RunGroups, 'employerId' | 'day'> };

/** The bucket of a run; one from before it was kept what runs are grouped by has none. */
export const keysOf = ({ groups }: BucketedRun): readonly BucketKey[] =>
  groups === undefined ? [] : [{ employerId: groups.employerId ?? null, day: groups.day }];

/** Runs of one bucket that are alike in all that figures group by, added up. */
export type Cell = Grouped & { readonly counts: RunCounts };

/** What the runs of a bucket came to: cells, and the tables of the questions that they were put. */
export type Counted = {
  readonly key: BucketKey;
  readonly cells: readonly Cell[];
  readonly contents: readonly ContentTable[];
};

/**
 * Which recount said what, 0 where none did: cells and questions are kept apart. Each recount has the next version, also
 * one that finds the same.
 */
export type Versions = { readonly cells: number; readonly questions: number };

/** Of a bucket that nobody has counted yet. */
export const uncounted: Versions = { cells: 0, questions: 0 };

/** A bucket as it is kept. */
export type Bucket = Counted & {
  readonly versions: Versions;
  /** Whether all sums that are kept beside the cells are what the cells come to. */
  readonly areSumsRight: boolean;
};

/** The bucket that a cell is in. */
export const keyOfCell = ({ groups: { employerId, day } }: Cell): BucketKey => ({
  employerId: employerId ?? null,
  day,
});

/** What the runs of a cell are alike in, but for the bucket. */
export const cellNameOf = ({ drill, revision, reason, groups }: Cell): string => {
  const { unitId, labels = [], language } = groups;
  return JSON.stringify([unitId ?? null, labels, drill, revision, language, reason]);
};

const textOf = (cell: Cell): string =>
  JSON.stringify([
    cellNameOf(cell),
    ...Object.entries(cell.counts).sort(([one], [other]) => (one < other ? -1 : 1)),
  ]);

const textsOf = (cells: readonly Cell[]): string => cells.map(textOf).sort().join();

/** Whether both say the same. */
export const areSame = (one: readonly Cell[], other: readonly Cell[]): boolean =>
  textsOf(one) === textsOf(other);

/** Cells by the ids of their buckets. */
export const byBucket = (cells: readonly Cell[]): ReadonlyMap<string, readonly [Cell, ...Cell[]]> =>
  groupBy(cells, (cell) => bucketIdOf(keyOfCell(cell)));
