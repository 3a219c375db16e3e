import type { Filters } from '../address';
import type { RegradingAnswer, ReplyGroup, Ruling, RulingVerdict } from '../answers';
import type { Table } from '../charts/table';
import { count, counted, daysAfter, languageName, listed, longDay, longMoment, readable } from '../words';

/** One question, with what people answered alike. */
export type Queue = {
  readonly key: string;
  readonly first: ReplyGroup;
  readonly groups: readonly ReplyGroup[];
};

const keyOf = ({ drill, revision, language, prompt }: ReplyGroup): string =>
  [drill, revision, language, prompt].join(' ');

/** The groups by their questions, in the order in which these come. */
export const queuesOf = (items: readonly ReplyGroup[]): readonly Queue[] => {
  const queues = new Map<string, readonly [ReplyGroup, ...ReplyGroup[]]>();
  for (const group of items) {
    const [first, ...others] = queues.get(keyOf(group)) ?? [group];
    queues.set(keyOf(group), first === group ? [group] : [first, ...others, group]);
  }
  return [...queues].map(([key, groups]) => ({ key, first: groups[0], groups }));
};

/** The question as it was put; its name where nobody has its words any more. */
export const questionTitle = ({ question, prompt }: ReplyGroup): string =>
  question?.words || readable(prompt);

const either = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** What is right there. */
export const rightWords = ({ question }: ReplyGroup): string => {
  if (question === undefined)
    return 'This content of the drill is not given any more: its words are not known here.';
  return question.right.length === 0
    ? 'No answer is listed as right.'
    : `Right: ${either.format(question.right)}`;
};

/** A reply as somebody texted it. */
export const replyText = ({ examples, text }: ReplyGroup): string => examples[0] || text;

/** Of which drill it is, and in which language. */
export const originWords = ({ drill, language }: ReplyGroup): string =>
  language === '' ? readable(drill) : `${readable(drill)} · ${languageName(language)}`;

/** What the machine took the replies for. */
export const takenFor = ({ judged: { wrong, unclear }, option }: ReplyGroup): string => {
  const as = option === undefined ? '' : `, as option ${option}`;
  if (unclear === 0) return `Wrong${as}`;
  if (wrong === 0) return `Unclear${as}`;
  return `Wrong (${count(wrong)}), unclear (${count(unclear)})${as}`;
};

const ruledAs: Readonly<Record<string, string>> = {
  right: 'Counts as right',
  wrong: 'Stays wrong',
  asJudged: 'Taken back',
};

/** What was ruled, by whom and when, and why where that was said. */
export const rulingWords = ({ verdict, by, at, reason }: Ruling): string =>
  `${ruledAs[verdict] ?? verdict}: ${by}, ${longMoment(at)}${reason === undefined ? '' : ` – ${reason}`}`;

/** How many replies came after the last ruling, or were not reached by it. */
export const openWords = ({ open, replies, ruling }: ReplyGroup): string | undefined =>
  ruling === undefined || ruling.verdict === 'asJudged' || open === 0 || open === replies
    ? undefined
    : `${counted(open, 'reply')} since then`;

/** Which rulings make sense on a group: not the one that stands on all of it. */
export const verdictsFor = ({ open, ruled }: ReplyGroup): readonly RulingVerdict[] => {
  if (open > 0) return ['right', 'wrong'];
  return [...(ruled.wrong > 0 ? (['right'] as const) : (['wrong'] as const)), 'asJudged'];
};

/** What stands on a button. */
export const deedNames: Readonly<Record<RulingVerdict, string>> = {
  right: 'Counts as right',
  wrong: 'Stays wrong',
  asJudged: 'Take back',
};

const extent = ({ runs, trainees }: ReplyGroup): string =>
  `${counted(runs, 'run')} of ${counted(trainees, 'person')}`;

const asItWas = ({ judged: { wrong, unclear } }: ReplyGroup): string =>
  listed([
    ...(wrong > 0 ? [`wrong (${count(wrong)})`] : []),
    ...(unclear > 0 ? [`unclear (${count(unclear)})`] : []),
  ]);

/** What a ruling would change, on a group as it stands in all runs of its drill. */
export const changeWords = (verdict: RulingVerdict, group: ReplyGroup): readonly string[] => {
  const follows = 'Scores, who passed and all figures follow, also of days that are not shown here.';
  switch (verdict) {
    case 'right':
      return [
        `It counts as right in ${extent(group)}. ${follows}`,
        group.tellsTrainees
          ? 'They are told by text that their answer was right, inside their hours.'
          : 'Nobody is texted: the drill does not say that its trainees are told.',
      ];
    case 'wrong':
      return [
        `It counts as wrong in ${extent(group)}, and leaves this list. ${follows}`,
        'Nobody is texted.',
      ];
    case 'asJudged':
      return [
        `In ${extent(group)} it counts again as it was judged: ${asItWas(group)}. ${follows}`,
        'Nobody is texted.',
      ];
  }
};

/* So many days of all drills are read at once. */
const mostDays = 31;

/** The filters as they can be asked for: without a drill no more days than are read at once, the last of them. */
export const withinReach = (filters: Filters): Filters => {
  const { drill, from, until } = filters;
  if (drill !== undefined || from === undefined || until === undefined) return filters;
  const first = daysAfter(until, -mostDays);
  return from < first ? { ...filters, from: first } : filters;
};

const spanWords = ({ from, until }: RegradingAnswer): string =>
  from === undefined || until === undefined
    ? ''
    : ` In drills that began from ${longDay(from)} to ${longDay(daysAfter(until, -1))}.`;

/** How much there is to rule on, in a sentence. */
export const queueSentence = (answer: RegradingAnswer, isRuled: boolean): string => {
  const { items, nextCursor } = answer;
  const more = nextCursor === undefined ? '' : ', and there are more';
  const different = items.length === 1 ? '1 reply' : `${count(items.length)} different replies`;
  const begin = isRuled
    ? `A person has ruled on ${different}${more}.`
    : `Several people gave ${different} alike that did not count as right${more}.`;
  return `${begin}${spanWords(answer)}`;
};

/** What is said where there is none. */
export const noneWords = (answer: RegradingAnswer, isRuled: boolean): string =>
  `${
    isRuled
      ? 'Nobody has ruled on a reply here yet.'
      : 'No reply that several people gave alike waits for a ruling. What one person alone wrote is never listed.'
  }${spanWords(answer)}`;

const heads = ['Drill', 'Question', 'Language', 'Reply', 'People', 'Replies', 'Taken for', 'Ruling'];

const rowOf = (group: ReplyGroup): Table['rows'][number] => [
  readable(group.drill),
  questionTitle(group),
  languageName(group.language),
  replyText(group),
  group.trainees,
  group.replies,
  takenFor(group),
  group.ruling === undefined ? null : rulingWords(group.ruling),
];

/** All that is shown, as a file. */
export const queueTable = ({ items }: RegradingAnswer): Table => ({
  name: 'replies-to-rule-on',
  columns: heads,
  rows: items.map(rowOf),
});

/** The replies to one question. */
export const questionTable = ({ first, groups }: Queue): Table => ({
  name: `${first.drill}-${first.prompt}-replies`,
  columns: heads.slice(3),
  rows: groups.map((group) => rowOf(group).slice(3)),
});
