import type { LocalDate } from '@stopcovid/calendar';
import type { RunGroups } from '../progress/run-groups';
import { addTo, emptySums, type CountSums } from './run-facts';
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

/** Groups, each name once, to which more is added. Of what is added nothing is kept but the sums. */
export type GroupSums = {
  /** So many of these. */
  readonly add: (group: CountedGroup, times?: number) => void;
  readonly groups: () => readonly CountedGroup[];
};

/** No groups, of names by these keys. */
export const groupSums = (by: readonly GroupKey[]): GroupSums => {
  const found = new Map<string, { readonly name: GroupName; readonly counts: CountSums }>();
  return {
    add: ({ name, counts }, times) => {
      const key = JSON.stringify(by.map((each) => name[each]));
      const group = found.get(key) ?? { name, counts: emptySums() };
      found.set(key, group);
      addTo(group.counts, counts, times);
    },
    groups: () => [...found.values()],
  };
};

/** Groups of the same name as one, each name once. */
export const addGroups = (
  groups: Iterable<CountedGroup>,
  by: readonly GroupKey[],
): readonly CountedGroup[] => {
  const sums = groupSums(by);
  for (const group of groups) sums.add(group);
  return sums.groups();
};

/** What has been counted. */
export type CountedAlike = Grouped & { readonly counts: RunCounts };

/** Adds what has been counted to the groups that it is in, where it fits. */
export const addCounted = (
  sums: GroupSums,
  counted: Iterable<CountedAlike>,
  { filter, by }: { readonly filter: RunFilter; readonly by: readonly GroupKey[] },
): void => {
  for (const one of counted)
    if (isOf(one, filter) && isWithin(one.groups.day, filter))
      for (const name of namesOf(one, by)) sums.add({ name, counts: one.counts });
};

/** What has been counted, by these keys, where it fits. */
export const groupCounts = (
  counted: Iterable<CountedAlike>,
  filter: RunFilter,
  by: readonly GroupKey[],
): readonly CountedGroup[] => {
  const sums = groupSums(by);
  addCounted(sums, counted, { filter, by });
  return sums.groups();
};
