import type { LocalDate } from '@stopcovid/calendar';
import { isoWeekOf, monthOf } from '@stopcovid/statistics';
import { groupBy } from '@stopcovid/runtime';
import type { CostKey } from '../messages/message-store';
import type { GroupKey } from './run-figures';

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

/** What a table of texts has a line for each of. Days, weeks and months are in UTC. */
export const textGroupings = [
  'employer',
  'unit',
  'drill',
  'language',
  'direction',
  'channel',
  'kind',
  'day',
  'week',
  'month',
] as const;
export type TextGrouping = (typeof textGroupings)[number];
type AnyGrouping = Grouping | TextGrouping;

const sharedKeys = {
  employer: ['employerId'],
  unit: ['employerId', 'unitId'],
  drill: ['drill'],
  language: ['language'],
  day: ['day'],
  week: ['day'],
  month: ['day'],
} as const;
const runKeys: Readonly<Record<Grouping, readonly GroupKey[]>> = {
  ...sharedKeys,
  label: ['label'],
  revision: ['drill', 'revision'],
  reason: ['reason'],
};
const textKeys: Readonly<Record<TextGrouping, readonly CostKey[]>> = {
  ...sharedKeys,
  direction: ['direction'],
  channel: ['channel'],
  kind: ['kind'],
};

type LineKey = GroupKey | Exclude<CostKey, 'encoding'>;
type LineName = Readonly<Partial<Record<LineKey, string | null>>>;

/** What a line is of. */
export type Line = Readonly<Partial<Record<LineKey | 'week' | 'month', string | null>>>;

const periodOf: Readonly<Record<'day' | 'week' | 'month', (day: LocalDate) => string>> = {
  day: (day) => day,
  week: isoWeekOf,
  month: monthOf,
};

const isPeriod = (grouping: AnyGrouping): grouping is keyof typeof periodOf => grouping in periodOf;

const lineOf = ({ day, ...others }: LineName, by: readonly AnyGrouping[]): Line => {
  const periods = by.filter(isPeriod).map((period) => [period, periodOf[period](day as LocalDate)]);
  return { ...others, ...Object.fromEntries(periods) };
};

/** The keys by which runs must be grouped for these lines. */
export const keysFor = (by: readonly Grouping[]): readonly GroupKey[] => [
  ...new Set(by.flatMap((grouping) => runKeys[grouping])),
];

/** The keys by which texts must be grouped for these lines. */
export const textKeysFor = (by: readonly TextGrouping[]): readonly CostKey[] => [
  ...new Set(by.flatMap((grouping) => textKeys[grouping])),
];

/** Whether runs are grouped by it as well as texts. */
export const isOfRuns = (grouping: TextGrouping): grouping is TextGrouping & Grouping => grouping in runKeys;

const namesOf = { ...runKeys, ...textKeys };

/** The names of what such lines are of. */
export const namesIn = (by: readonly AnyGrouping[]): readonly (keyof Line)[] => [
  ...new Set(
    by.flatMap<keyof Line>((grouping) =>
      isPeriod(grouping) ? [grouping] : (namesOf[grouping] as readonly (keyof Line)[]),
    ),
  ),
];

/** What stands in one line, which is of all of it. */
export type Lined<Part> = { readonly group: Line; readonly parts: readonly [Part, ...Part[]] };

/** The parts by their lines, in the order of the lines' names. A part's name has its day. */
export const inLines = <Part>(
  parts: Iterable<Part>,
  nameOf: (part: Part) => LineName,
  by: readonly AnyGrouping[],
): readonly Lined<Part>[] =>
  [...groupBy(parts, (part) => JSON.stringify(lineOf(nameOf(part), by)))]
    /* All have the same names, so that their texts are in the order of their values. */
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, own]) => ({ group: JSON.parse(key) as Line, parts: own }));
