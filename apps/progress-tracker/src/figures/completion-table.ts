import type { LocalDate } from '@stopcovid/calendar';
import { addCounts, completionOf, isoWeekOf, monthOf, type Completion } from '@stopcovid/statistics';
import { groupBy } from './group-by';
import type { CountedGroup, GroupKey, RunFigures, RunFilter } from './run-figures';

/** What a table of completion has a line for each of. A unit is one of its employer; days, weeks and months are local. */
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

type Line = Readonly<Partial<Record<Exclude<GroupKey, 'day'> | 'day' | 'week' | 'month', string | null>>>;

/** One line: the group that it is of, and what became of its runs. */
export type CompletionLine = { readonly group: Line } & Completion;

/** `total` counts each run once, also where one is in several lines for its labels. */
export type CompletionTable = { readonly lines: readonly CompletionLine[]; readonly total: Completion };

const periodOf: Readonly<Record<'day' | 'week' | 'month', (day: LocalDate) => string>> = {
  day: (day) => day,
  week: isoWeekOf,
  month: monthOf,
};

const isPeriod = (grouping: Grouping): grouping is keyof typeof periodOf => grouping in periodOf;

const lineOf = ({ name }: CountedGroup, by: readonly Grouping[]): Line => {
  const { day, ...others } = name;
  const periods = by.filter(isPeriod).map((period) => [period, periodOf[period](day as LocalDate)]);
  return { ...others, ...Object.fromEntries(periods) };
};

const inOrder = (one: CompletionLine, other: CompletionLine): number => {
  const [a, b] = [one, other].map(({ group }) => JSON.stringify(Object.values(group)));
  return (a ?? '') < (b ?? '') ? -1 : 1;
};

/** How far runs came, a line for each group that has any, in the order of their names. */
export const completionTable = async (
  figures: RunFigures,
  filter: RunFilter,
  by: readonly Grouping[],
): Promise<CompletionTable> => {
  const keys = [...new Set(by.flatMap((grouping) => keysOf[grouping]))];
  const [groups, all] = await Promise.all([
    keys.length === 0 ? [] : figures.counts(filter, keys),
    figures.counts(filter, []),
  ]);
  const lines = groupBy(groups, (group) => JSON.stringify(lineOf(group, by)));
  return {
    lines: [...lines.values()]
      .map((parts) => ({
        group: lineOf(parts[0], by),
        ...completionOf(addCounts(parts.map(({ counts }) => counts))),
      }))
      .sort(inOrder),
    total: completionOf(addCounts(all.map(({ counts }) => counts))),
  };
};
