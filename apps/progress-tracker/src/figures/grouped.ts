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

/** What tells whether something fits, whatever its day. */
export const fitting = ({
  from: _from,
  until: _until,
  label,
  employers,
  ...exact
}: RunFilter): ((one: Grouped) => boolean) => {
  const wanted = (Object.entries(exact) as [Single, string | null | undefined][]).filter(
    ([, value]) => value !== undefined,
  );
  return (one) =>
    isOfOne(one, employers) &&
    (label === undefined || (one.groups.labels ?? []).includes(label)) &&
    wanted.every(([key, value]) => valueOf(one, key) === value);
};

/** Whether it fits, whatever its day. */
export const isOf = (one: Grouped, filter: RunFilter): boolean => fitting(filter)(one);

/* The values of the keys: of one group, or of as many as it has labels where these are asked for. */
const valuesOf = (one: Grouped, by: readonly GroupKey[]): readonly GroupValues[] => {
  const labels = by.includes('label') ? (one.groups.labels ?? [null]) : [null];
  return labels.map((label) => by.map((key) => (key === 'label' ? label : valueOf(one, key))));
};

type GroupValues = readonly (string | null)[];

const nameOf = (values: GroupValues, by: readonly GroupKey[]): GroupName => {
  const name: Partial<Record<GroupKey, string | null>> = {};
  for (const [place, key] of by.entries()) name[key] = values[place] ?? null;
  return name;
};

/** The groups that it is in: one, or as many as it has labels where these are asked for. */
export const namesOf = (one: Grouped, by: readonly GroupKey[]): readonly GroupName[] =>
  valuesOf(one, by).map((values) => nameOf(values, by));

type Group = { readonly name: GroupName; readonly counts: CountSums };

/* The groups with these values of the keys, each once. */
const groupsBy = (by: readonly GroupKey[]) => {
  const found = new Map<string, Group>();
  return {
    of: (values: GroupValues): CountSums => {
      const key = JSON.stringify(values);
      let group = found.get(key);
      if (group === undefined) found.set(key, (group = { name: nameOf(values, by), counts: emptySums() }));
      return group.counts;
    },
    all: (): readonly CountedGroup[] => [...found.values()],
  };
};

/** No groups yet, of names by these keys, to which more is added. Of what is added nothing is kept but the sums. */
export const groupSums = (by: readonly GroupKey[]) => {
  const groups = groupsBy(by);
  return {
    /** So many of these. */
    add: ({ name, counts }: CountedGroup, times?: number): void =>
      addTo(groups.of(by.map((key) => name[key] ?? null)), counts, times),
    groups: groups.all,
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

/** As `groupSums`, of what has been counted and fits. */
export const fittingSums = (filter: RunFilter, by: readonly GroupKey[]) => {
  const groups = groupsBy(by);
  const fits = fitting(filter);
  return {
    add: (one: CountedAlike): void => {
      if (!fits(one) || !isWithin(one.groups.day, filter)) return;
      for (const values of valuesOf(one, by)) addTo(groups.of(values), one.counts);
    },
    groups: groups.all,
  };
};

/** What has been counted, by these keys, where it fits. */
export const groupCounts = (
  counted: Iterable<CountedAlike>,
  filter: RunFilter,
  by: readonly GroupKey[],
): readonly CountedGroup[] => {
  const sums = fittingSums(filter, by);
  for (const one of counted) sums.add(one);
  return sums.groups();
};
