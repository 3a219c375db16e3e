import type { Completion, CompletionAnswer, CompletionLine } from '../answers';
import type { Table } from '../charts/table';
import {
  count,
  counted,
  daysAfter,
  enoughForShare,
  longDay,
  mondayOf,
  percent,
  readable,
  shareOf,
  shortDay,
} from '../words';

/** One figure with what it is of. */
export type Tile = {
  readonly name: string;
  readonly value: string;
  /** The denominator, in words. */
  readonly of: string;
  /** 0 to 1, where it is a share of something. */
  readonly share?: number;
};

const shared = (part: number, of: number): { readonly share?: number } =>
  of === 0 ? {} : { share: part / of };

/* Where the value is so many of so many, it is not said twice. */
const ofWords = (part: number, of: number, what: string): string =>
  of < enoughForShare ? `of the ${what}` : `${count(part)} of ${count(of)} ${what}`;

/** Where nothing is graded there is no score, and without a pass mark nobody passes. */
const scoreTiles = ({ passed, score }: Pick<Completion, 'passed' | 'score'>): readonly Tile[] => [
  ...(score.mean === null
    ? []
    : [
        {
          name: 'Score',
          value: meanScore(score),
          of: `right at the first attempt, mean of ${counted(score.of, 'run')}`,
          ...(score.of >= enoughForShare && { share: score.mean }),
        },
      ]),
  ...(passed.of === 0
    ? []
    : [
        {
          name: 'Passed',
          value: shareOf(passed.count, passed.of),
          of: ofWords(passed.count, passed.of, 'completed with a pass mark'),
          ...shared(passed.count, passed.of),
        },
      ]),
];

const meanScore = ({ mean, of }: Completion['score']): string =>
  mean === null || of < enoughForShare ? '–' : percent(mean, 1);

/** The tiles of an overview: each says what it is a share of. */
export const tilesOf = (total: Completion): readonly Tile[] => {
  const { assigned, started, completed, due, onTime, optedOut, passed, score } = total;
  const ofAssigned = (name: string, part: number): Tile => ({
    name,
    value: shareOf(part, assigned),
    of: ofWords(part, assigned, 'assigned'),
    ...shared(part, assigned),
  });
  return [
    { name: 'Assigned', value: count(assigned), of: 'drills that began, demonstrations left out' },
    ofAssigned('Started', started),
    ofAssigned('Completed', completed),
    {
      name: 'On time',
      value: shareOf(onTime, due),
      of: ofWords(onTime, due, 'due by the end of their day'),
      ...shared(onTime, due),
    },
    ofAssigned('Opted out', optedOut),
    ...scoreTiles({ passed, score }),
  ];
};

/** The whole in a sentence. */
export const overviewSentence = ({ assigned, completed }: Completion): string => {
  if (assigned === 0) return 'No drill has begun here yet.';
  const done = `${count(completed)} of ${counted(assigned, 'drill')} completed`;
  return assigned < enoughForShare
    ? `${done}. Shares are shown from ${enoughForShare} drills on.`
    : `${done}: ${percent(completed, assigned)}.`;
};

/** What happened in a day or a week. */
export type Period = {
  readonly day: string;
  readonly label: string;
  readonly completed: number;
  /** Started, and not completed. */
  readonly begun: number;
  readonly untouched: number;
  readonly assigned: number;
};

const startOf = ({ group }: CompletionLine, by: 'day' | 'week'): string =>
  by === 'week' ? mondayOf(group['week'] ?? '') : (group['day'] ?? '');

/* More columns than a screen has room for say nothing more. */
export const mostPeriods = 120;

/** Every day or week from the first to the last, those in which nothing began among them. */
export const periodsOf = (lines: readonly CompletionLine[], by: 'day' | 'week'): readonly Period[] => {
  const known = new Map(lines.map((line) => [startOf(line, by), line]));
  const days = [...known.keys()].sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const step = by === 'week' ? 7 : 1;
  const all: string[] = [];
  for (let day = first; day <= last; day = daysAfter(day, step)) all.push(day);
  return all.slice(-mostPeriods).map((day) => {
    const { assigned, started, completed } = known.get(day) ?? { assigned: 0, started: 0, completed: 0 };
    const begun = Math.max(0, started - completed);
    return {
      day,
      label: shortDay(day),
      completed,
      begun,
      untouched: assigned - completed - begun,
      assigned,
    };
  });
};

const bestAndWorst = (periods: readonly Period[], by: 'day' | 'week'): string => {
  const rated = periods
    .filter(({ assigned }) => assigned >= enoughForShare)
    .sort((one, other) => one.completed / one.assigned - other.completed / other.assigned);
  const [worst, best] = [rated[0], rated.at(-1)];
  if (worst === undefined || best === undefined || worst === best) return '';
  const when = ({ day }: Period): string => (by === 'week' ? `the week of ${shortDay(day)}` : shortDay(day));
  const share = ({ completed, assigned }: Period): string => percent(completed, assigned);
  return ` Best was ${when(best)} with ${share(best)}, weakest ${when(worst)} with ${share(worst)}.`;
};

/** What the chart of periods shows, for who does not see it. */
export const trendSentence = (periods: readonly Period[], by: 'day' | 'week'): string => {
  const [first, last] = [periods[0], periods.at(-1)];
  if (first === undefined || last === undefined) return 'Nothing began in these days.';
  const sum = (of: (period: Period) => number): number => periods.reduce((all, each) => all + of(each), 0);
  const [assigned, completed] = [sum((each) => each.assigned), sum((each) => each.completed)];
  const span =
    first === last
      ? by === 'week'
        ? `In the week of ${longDay(first.day)}`
        : `On ${longDay(first.day)}`
      : `By ${by}, from ${longDay(first.day)} to ${longDay(last.day)}`;
  return `${span}: ${count(completed)} of ${counted(assigned, 'drill')} completed.${bestAndWorst(periods, by)}`;
};

/** The same numbers as the chart of periods. */
export const trendTable = (periods: readonly Period[], by: 'day' | 'week'): Table => ({
  name: `completion-by-${by}`,
  columns: [by === 'week' ? 'Week of' : 'Day', 'Assigned', 'Started', 'Completed', 'Share completed'],
  rows: periods.map(({ day, assigned, begun, completed }) => [
    day,
    assigned,
    begun + completed,
    completed,
    assigned === 0 ? '–' : shareOf(completed, assigned),
  ]),
});

/** A line of a list of figures, and what it narrows to. */
export type Row = Completion & {
  readonly name: string;
  readonly under?: string;
  readonly group: CompletionLine['group'];
};

const none = '(none)';
const noUnit = '(no unit)';

/** Units under their employers, those with the most drills first. */
export const unitRows = (lines: readonly CompletionLine[]): readonly Row[] =>
  lines
    .map((line) => ({
      ...line,
      name: line.group['unitId'] ?? noUnit,
      under: line.group['employerId'] ?? none,
    }))
    .sort((one, other) => other.assigned - one.assigned);

/** Drills by name. */
export const drillRows = (lines: readonly CompletionLine[]): readonly Row[] =>
  lines
    .map((line) => ({ ...line, name: readable(line.group['drill'] ?? none) }))
    .sort((one, other) => one.name.localeCompare(other.name));

/** A list of figures as a table. */
export const rowsTable = (name: string, what: string, rows: readonly Row[]): Table => {
  const hasUnder = rows.some(({ under }) => under !== undefined);
  return {
    name,
    columns: [
      ...(hasUnder ? ['Employer'] : []),
      what,
      'Assigned',
      'Started',
      'Completed',
      'On time',
      'Due',
      'Opted out',
      'Passed',
      'With a pass mark',
      'Mean score',
    ],
    rows: rows.map((row) => [
      ...(hasUnder ? [row.under ?? ''] : []),
      row.name,
      row.assigned,
      row.started,
      row.completed,
      row.onTime,
      row.due,
      row.optedOut,
      row.passed.count,
      row.passed.of,
      row.score.mean === null ? null : Math.round(1_000 * row.score.mean) / 1_000,
    ]),
  };
};

/** What the figures rest on, in a sentence below them. */
export const footnote = ({ days, attribution }: Pick<CompletionAnswer, 'days' | 'attribution'>): string =>
  `Days are ${days}. The ${attribution}.`;

/** How well it was done, in a few words; nothing where nothing is graded. */
export const scoreWords = ({ passed, score }: Pick<Completion, 'passed' | 'score'>): string =>
  [
    ...(score.mean === null || score.of < enoughForShare ? [] : [`score ${meanScore(score)}`]),
    ...(passed.of === 0 ? [] : [`${shareOf(passed.count, passed.of)} passed`]),
  ].join(', ');
