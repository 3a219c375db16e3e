import type { LocalDate } from '@stopcovid/calendar';
import { isoWeekOf, monthOf } from '@stopcovid/statistics';
import { groupBy } from '../group-by';
import type { GroupKey, GroupName } from './run-figures';

/** What a table of figures has a line for each of. A unit is one of its employer; days, weeks and months are local. */
export const groupings = [
  'employer',
  'unit',
  'label',
  'drill',
  'revision',
  'language',
  'reason',
  'day',
  'week',
  'month',
] as const;
export type Grouping = (typeof groupings)[number];

const keysOf: Readonly<Record<Grouping, readonly GroupKey[]>> = {
  employer: ['employerId'],
  unit: ['employerId', 'unitId'],
  label: ['label'],
  drill: ['drill'],
  revision: ['drill', 'revision'],
  language: ['language'],
  reason: ['reason'],
  day: ['day'],
  week: ['day'],
  month: ['day'],
};

/** What a line is of. */
export type Line = Readonly<
  Partial<Record<Exclude<GroupKey, 'day'> | 'day' | 'week' | 'month', string | null>>
>;

const periodOf: Readonly<Record<'day' | 'week' | 'month', (day: LocalDate) => string>> = {
  day: (day) => day,
  week: isoWeekOf,
  month: monthOf,
};

const isPeriod = (grouping: Grouping): grouping is keyof typeof periodOf => grouping in periodOf;

const lineOf = ({ day, ...others }: GroupName, by: readonly Grouping[]): Line => {
  const periods = by.filter(isPeriod).map((period) => [period, periodOf[period](day as LocalDate)]);
  return { ...others, ...Object.fromEntries(periods) };
};

/** The keys by which runs must be grouped for these lines. */
export const keysFor = (by: readonly Grouping[]): readonly GroupKey[] => [
  ...new Set(by.flatMap((grouping) => keysOf[grouping])),
];

/** The names of what such lines are of. */
export const namesIn = (by: readonly Grouping[]): readonly (keyof Line)[] => [
  ...new Set(by.flatMap<keyof Line>((grouping) => (isPeriod(grouping) ? [grouping] : keysOf[grouping]))),
];

/** What stands in one line, which is of all of it. */
export type Lined<Part> = { readonly group: Line; readonly parts: readonly [Part, ...Part[]] };

/** The parts by their lines, in the order of the lines' names. A part's name has its local day. */
export const inLines = <Part>(
  parts: Iterable<Part>,
  nameOf: (part: Part) => GroupName,
  by: readonly Grouping[],
): readonly Lined<Part>[] =>
  [...groupBy(parts, (part) => JSON.stringify(lineOf(nameOf(part), by)))]
    .map(([key, own]) => ({ group: JSON.parse(key) as Line, parts: own }))
    .sort((one, other) => (orderOf(one.group) < orderOf(other.group) ? -1 : 1));

const orderOf = (group: Line): string => JSON.stringify(Object.values(group));
