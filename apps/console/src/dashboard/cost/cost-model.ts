import type { CostAnswer, CostLine, Costs, ReminderFigures } from '../answers';
import type { Table } from '../charts/table';
import type { Tile } from '../overview/overview-model';
import {
  count,
  counted,
  daysAfter,
  languageName,
  longDay,
  money,
  mondayOf,
  readable,
  shareOf,
  shortDay,
} from '../words';

/* Amounts of two currencies stand side by side: nobody adds them. */
const billedIn = ({ billed }: Costs): string =>
  billed.map(({ currency, amount }) => `${money(amount)} ${currency}`).join(' + ');

const billedTile = (total: Costs): readonly Tile[] =>
  total.billed.length === 0
    ? []
    : [
        {
          name: 'Billed',
          value: billedIn(total),
          of: `by the carrier, for ${count(total.billed.reduce((sum, { messages }) => sum + messages, 0))} of them`,
        },
      ];

/** The tiles of what texts cost; without a price there are no costs to show. */
export const costTiles = ({ total, segmentPrice }: CostAnswer): readonly Tile[] => {
  const { messages, segments, unmeasured, cost, completed, perCompleted } = total;
  const priced = (value: number | null): string => (value === null ? '–' : money(value));
  return [
    { name: 'Texts', value: count(messages), of: 'sent and received; refused ones left out' },
    {
      name: 'Segments',
      value: count(segments),
      of: unmeasured === 0 ? 'of all these texts' : `${count(unmeasured)} texts have none`,
    },
    {
      name: 'Cost',
      value: priced(cost),
      of: segmentPrice === null ? 'no price of a segment is set' : `at ${money(segmentPrice)} a segment`,
    },
    ...billedTile(total),
    {
      name: 'Per completed drill',
      value: priced(perCompleted),
      of: completed === null ? 'not told here' : `${counted(completed, 'drill')} completed`,
    },
  ];
};

/** The whole in a sentence. */
export const costSentence = ({ total, segmentPrice }: CostAnswer): string => {
  const { messages, segments, cost } = total;
  if (messages === 0) return 'No text was sent or received.';
  const texts = `${counted(messages, 'text')} of ${counted(segments, 'segment')}`;
  if (segmentPrice === null || cost === null)
    return `${texts}. They have no cost here: whoever runs this service has set no price of a segment.`;
  return `${texts}: ${money(cost)}.`;
};

/** The texts of a day or a week. */
export type TextPeriod = {
  readonly day: string;
  readonly label: string;
  readonly sent: number;
  readonly received: number;
  readonly segments: number;
  readonly cost: number | null;
};

const startOf = ({ group }: CostLine, by: 'day' | 'week'): string =>
  by === 'week' ? mondayOf(group['week'] ?? '') : (group['day'] ?? '');

const mostPeriods = 120;

const periodOf = (day: string, lines: readonly CostLine[]): TextPeriod => {
  const sum = (of: (line: CostLine) => number, own = lines): number =>
    own.reduce((all, line) => all + of(line), 0);
  const of = (direction: string) => lines.filter(({ group }) => group['direction'] === direction);
  return {
    day,
    label: shortDay(day),
    sent: sum(({ messages }) => messages, of('outbound')),
    received: sum(({ messages }) => messages, of('inbound')),
    segments: sum(({ segments }) => segments),
    cost: lines.some(({ cost }) => cost === null) ? null : sum(({ cost }) => cost ?? 0),
  };
};

/** Every day or week from the first to the last, those without a text among them. */
export const textPeriods = (lines: readonly CostLine[], by: 'day' | 'week'): readonly TextPeriod[] => {
  const days = lines.map((line) => startOf(line, by)).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const all: string[] = [];
  for (let day = first; day <= last; day = daysAfter(day, by === 'week' ? 7 : 1)) all.push(day);
  return all.slice(-mostPeriods).map((day) =>
    periodOf(
      day,
      lines.filter((line) => startOf(line, by) === day),
    ),
  );
};

/** What the chart of texts shows, for who does not see it. */
export const textsSentence = (periods: readonly TextPeriod[], by: 'day' | 'week'): string => {
  const [first, last] = [periods[0], periods.at(-1)];
  if (first === undefined || last === undefined) return 'No text was sent or received in these days.';
  const most = periods.reduce((one, other) => (other.segments > one.segments ? other : one));
  const when = by === 'week' ? `the week of ${shortDay(most.day)}` : shortDay(most.day);
  return `By ${by} (UTC), from ${longDay(first.day)} to ${longDay(last.day)}. Most was ${when} with ${counted(most.segments, 'segment')}.`;
};

/** The same numbers as the chart of texts. */
export const textsTable = (periods: readonly TextPeriod[], by: 'day' | 'week'): Table => ({
  name: `texts-by-${by}`,
  columns: [by === 'week' ? 'Week of' : 'Day', 'Sent', 'Received', 'Segments', 'Cost'],
  rows: periods.map(({ day, sent, received, segments, cost }) => [day, sent, received, segments, cost]),
});

/** By what costs are told in lists. */
export const costLists = [
  { by: 'unit', title: 'By employer and unit', what: 'Unit' },
  { by: 'drill', title: 'By drill', what: 'Drill' },
  { by: 'kind', title: 'By what it was sent for', what: 'Sent for' },
  { by: 'language', title: 'By language', what: 'Language' },
] as const;
type CostList = (typeof costLists)[number];

const kinds: Readonly<Record<string, string>> = {
  reply: 'Answers to trainees',
  started: 'Drills that begin',
  reminder: 'Reminders',
  message: 'Messages of operators',
  consent: 'Opting in and out',
};

const nameOf = ({ group }: CostLine, { by }: CostList): string => {
  switch (by) {
    case 'unit':
      return [group['employerId'] ?? '(no employer)', group['unitId']].filter(Boolean).join(' · ');
    case 'drill':
      return group['drill'] ? readable(group['drill']) : '(no drill)';
    case 'kind':
      return group['kind'] ? (kinds[group['kind']] ?? group['kind']) : 'Texts of trainees';
    case 'language':
      return group['language'] ? languageName(group['language']) : '(not known)';
  }
};

/** A line of a list of costs. */
export type CostRow = Costs & { readonly name: string };

/** The lines of a list, the dearest first. What had no text is in none. */
export const costRows = (lines: readonly CostLine[], list: CostList): readonly CostRow[] =>
  lines
    .filter(({ messages }) => messages > 0)
    .map((line) => ({ ...line, name: nameOf(line, list) }))
    .sort((one, other) => other.segments - one.segments || other.messages - one.messages);

/** A cost as it stands at a bar, short enough for a phone; the table has the rest. */
export const valueOf = ({ segments, cost }: Costs): string =>
  [counted(segments, 'segment'), ...(cost === null ? [] : [money(cost)])].join(' · ');

/** What a list of costs shows, for who does not see it. */
export const listSentence = (rows: readonly CostRow[]): string => {
  const [most] = rows;
  return most === undefined
    ? 'No text was sent or received.'
    : `Most segments: ${most.name} with ${count(most.segments)}.`;
};

/** A list of costs as a table. */
export const costListTable = ({ by, what }: CostList, rows: readonly CostRow[]): Table => ({
  name: `texts-by-${by}`,
  columns: [
    what,
    'Texts',
    'Segments',
    'Without segments',
    'Cost',
    'Billed',
    'Drills completed',
    'Per completed drill',
  ],
  rows: rows.map((row) => [
    row.name,
    row.messages,
    row.segments,
    row.unmeasured,
    row.cost,
    billedIn(row) || null,
    row.completed,
    row.perCompleted,
  ]),
});

const ordinals = ['first', 'second', 'third'] as const;

/** How many questions were answered after which reminder, where any had so many. */
export const reminderRows = ({ afterFirst, afterSecond, afterThird }: ReminderFigures) =>
  [afterFirst, afterSecond, afterThird].flatMap(({ count: answered, of }, index) =>
    of === 0 ? [] : [{ name: `After the ${ordinals[index]} reminder`, answered, of }],
  );

/** What reminders did, in a sentence. */
export const remindersSentence = ({ sent, rescued, medianHours, optedOut }: ReminderFigures): string => {
  if (sent === 0) return 'No reminder was sent in these days.';
  const soon = medianHours === null ? '' : ` Half of the answers came within ${hours(medianHours)}.`;
  const left = optedOut.count === 0 ? '' : ` ${counted(optedOut.count, 'person')} opted out instead.`;
  const brought = `${shareOf(rescued.count, rescued.of)} of the questions that had one were answered after it.`;
  return `${counted(sent, 'reminder')}: ${brought}${soon}${left}`;
};

const hours = (value: number): string =>
  value < 1 ? `${Math.max(1, Math.round(value * 60))} min` : `${Math.round(value * 10) / 10} h`;

/** What reminders did as a table. */
export const remindersTable = (figures: ReminderFigures): Table => ({
  name: 'reminders',
  columns: ['Reminder', 'Answered', 'Sent', 'Share'],
  rows: reminderRows(figures).map(({ name, answered, of }) => [name, answered, of, shareOf(answered, of)]),
});
