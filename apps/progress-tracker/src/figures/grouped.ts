import type { LocalDate } from '@stopcovid/calendar';
import { groupBy } from '@stopcovid/runtime';
import type { RunGroups } from '../progress/run-groups';
import { addRunCounts } from './run-facts';
import type { CountedGroup, GroupKey, GroupName, RunCounts, RunFilter } from './run-figures';

/** What figures group by: one run, or runs that are alike in all of it. */
export type Grouped = {
  readonly drill: string;
  readonly revision: string;
  readonly reason: string;
  readonly groups: Pick<RunGroups, 'employerId' | 'unitId' | 'labels' | 'language' | 'day'>;
};

type Single = Exclude<GroupKey, 'label'>;

const valueOf = (one: Grouped, key: Single): string | null =>
  (key === 'drill' || key === 'revision' || key === 'reason' ? one[key] : one.groups[key]) ?? null;

type Span = Pick<RunFilter, 'from' | 'until'>;

/** Whether a day is in a span of days. */
export const isWithin = (day: LocalDate, { from, until }: Span): boolean =>
  (from === undefined || day >= from) && (until === undefined || day < until);

const isOfOne = ({ groups: { employerId } }: Grouped, employers: RunFilter['employers']): boolean =>
  employers === undefined || (employerId !== undefined && employers.includes(employerId));

/** Whether it fits, whatever its day. */
export const isOf = (
  one: Grouped,
  { from: _from, until: _until, label, employers, ...exact }: RunFilter,
): boolean =>
  isOfOne(one, employers) &&
  (label === undefined || (one.groups.labels ?? []).includes(label)) &&
  Object.entries(exact).every(
    ([key, wanted]) => wanted === undefined || valueOf(one, key as Single) === wanted,
  );

/** The groups that it is in: one, or as many as it has labels where these are asked for. */
export const namesOf = (one: Grouped, by: readonly GroupKey[]): readonly GroupName[] => {
  const labels = by.includes('label') ? (one.groups.labels ?? [null]) : [null];
  return labels.map((label) => {
    const name: Partial<Record<GroupKey, string | null>> = {};
    for (const key of by) name[key] = key === 'label' ? label : valueOf(one, key);
    return name;
  });
};

/** Groups of the same name as one, each name once. */
export const addGroups = (groups: Iterable<CountedGroup>, by: readonly GroupKey[]): readonly CountedGroup[] =>
  [...groupBy(groups, ({ name }) => JSON.stringify(by.map((key) => name[key]))).values()].map((alike) =>
    alike.length === 1
      ? alike[0]
      : { name: alike[0].name, counts: addRunCounts(alike.map(({ counts }) => counts)) },
  );

/** What has been counted, by these keys, where it fits. */
export const groupCounts = (
  counted: readonly (Grouped & { readonly counts: RunCounts })[],
  filter: RunFilter,
  by: readonly GroupKey[],
): readonly CountedGroup[] =>
  addGroups(
    counted
      .filter((one) => isOf(one, filter) && isWithin(one.groups.day, filter))
      .flatMap((one) => namesOf(one, by).map((name) => ({ name, counts: one.counts }))),
    by,
  );
