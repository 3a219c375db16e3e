import type { LocalDate } from '@stopcovid/calendar';
import type { CompletionCounts } from '@stopcovid/statistics';
import type { DrillRun } from '../progress/drill-run';

/**
 * Which runs a figure is of, by what they were when they began. `from` is the first local day, `until` the first one
 * that is not in it any more. Absent fields do not filter.
 */
export type RunFilter = {
  readonly from?: LocalDate;
  readonly until?: LocalDate;
  readonly employerId?: string;
  readonly unitId?: string;
  readonly label?: string;
  readonly drill?: string;
  readonly revision?: string;
  readonly language?: string;
  readonly reason?: string;
};

/** What runs are grouped by. A run with several labels is in the group of each. */
export const groupKeys = [
  'employerId',
  'unitId',
  'label',
  'drill',
  'revision',
  'language',
  'reason',
  'day',
] as const;
export type GroupKey = (typeof groupKeys)[number];

/** The name of a group: `null` where its runs have none of that kind. */
export type GroupName = Readonly<Partial<Record<GroupKey, string | null>>>;

/** The runs of one group, counted. */
export type CountedGroup = { readonly name: GroupName; readonly counts: CompletionCounts };

/** Runs, as figures ask for them. Demonstrations, repeats alone and what counts no more are in none. */
export interface RunFigures {
  /** The counts of the runs that fit, by these keys, in no order. Without keys it is one group. */
  counts(filter: RunFilter, by: readonly GroupKey[]): Promise<readonly CountedGroup[]>;
  /** The runs that fit, in no order, without those that cannot be read. Holds a few hundred at a time. */
  runs(filter: RunFilter): AsyncIterable<DrillRun>;
}
