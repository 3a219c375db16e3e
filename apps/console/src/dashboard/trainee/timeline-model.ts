import type { Course, HistoryAnswer, PastEvent, Score, TraineeAnswer, TraineeRun } from '../answers';
import type { Table } from '../charts/table';
import { count, counted, languageName, longDay, percent, readable } from '../words';

/** How something bears on a trainee's progress; it has a sign as well as a colour. */
export type Tone = 'good' | 'bad' | 'drill' | 'other';

/** Something that happened, in words. */
export type Moment = { readonly tone: Tone; readonly words: string; readonly said?: string };

const text = (event: PastEvent, field: string): string => {
  const value = event[field];
  return typeof value === 'string' ? value : '';
};
const number = (event: PastEvent, field: string): number => {
  const value = event[field];
  return typeof value === 'number' ? value : 0;
};
const promptOf = ({ prompt }: PastEvent): string => {
  const slug: unknown = typeof prompt === 'object' && prompt !== null ? Reflect.get(prompt, 'slug') : prompt;
  return typeof slug === 'string' ? readable(slug) : 'a question';
};
const drillOf = (event: PastEvent): string => readable(text(event, 'drill'));
const quoted = (event: PastEvent, field: string): { readonly said?: string } =>
  text(event, field) === '' ? {} : { said: text(event, field) };

type Telling = (event: PastEvent) => Moment;

const plainly =
  (words: string): Telling =>
  () => ({ tone: 'other', words });
const withWord =
  (words: string): Telling =>
  (event) => ({ tone: 'other', words, ...quoted(event, 'word') });
const withText =
  (words: string): Telling =>
  (event) => ({ tone: 'other', words, ...quoted(event, 'text') });

const endings: Readonly<Record<string, string>> = {
  replaced: 'another drill took its place',
  optedOut: 'they opted out',
  updated: 'their account changed',
  keyword: 'they asked for something else',
  registered: 'they registered anew',
  expired: 'no answer came in time',
  idle: 'no answer came in time',
  operator: 'an operator ended it',
};

const holds: Readonly<Record<string, string>> = {
  congestion: 'too much was to be sent',
  budget: 'the budget was spent',
  expired: 'its time had passed',
  busy: 'another drill was open',
  optedOut: 'they had opted out',
  paused: 'they had paused',
  outsideWindow: 'it was outside the hours for texts',
};

/** Whoever did it: a text of theirs, an operator, the carrier. */
const byWhom: Readonly<Record<string, string>> = {
  text: 'by text',
  operator: 'by an operator',
  carrier: 'told by the carrier',
};

const because = (reasons: Readonly<Record<string, string>>, reason: string): string =>
  reason === '' ? '' : `: ${reasons[reason] ?? reason}`;

const source = (event: PastEvent): string => {
  const given = text(event, 'source');
  return given === '' ? '' : `, ${byWhom[given] ?? `by ${given}`}`;
};

const tellings: Readonly<Record<string, Telling>> = {
  TraineeRegistered: (event) => ({ tone: 'good', words: `Registered with the code ${text(event, 'code')}` }),
  RegistrationRefused: (event) => ({
    tone: 'bad',
    words: 'Gave a code that is not known',
    ...quoted(event, 'code'),
  }),
  RegistrationUnavailable: plainly('Gave a code while nobody could check it'),
  TraineeUpdated: plainly('What is known of them changed'),
  TraineeOptedOut: (event) => ({
    tone: 'bad',
    words: `Opted out${source(event)}`,
    ...quoted(event, 'word'),
  }),
  TraineeOptedIn: (event) => ({
    tone: 'good',
    words: `Opted in again${source(event)}`,
    ...quoted(event, 'word'),
  }),
  OptOutQuestioned: withText('Perhaps wished to stop, and was asked'),
  OptOutDeclined: plainly('Said that they do not wish to stop'),
  ChannelChanged: (event) => ({ tone: 'other', words: `Writes by ${text(event, 'channel')} from now on` }),
  SchedulePaused: (event) => ({
    tone: 'other',
    words: text(event, 'until') === '' ? 'Paused' : `Paused until ${longDay(text(event, 'until'))}`,
    ...quoted(event, 'word'),
  }),
  ScheduleResumed: withWord('Resumed'),
  DrillStarted: (event) => ({ tone: 'drill', words: `Began ${drillOf(event)}` }),
  PromptCompleted: (event) => ({
    tone: event['correct'] === true ? 'good' : 'other',
    words: `${event['correct'] === true ? 'Right' : 'Answered'}: ${promptOf(event)}`,
    ...quoted(event, 'response'),
  }),
  PromptFailed: (event) => ({
    tone: 'bad',
    words: `${event['graded'] === false ? 'Could not be stored' : 'Wrong'}: ${promptOf(event)}`,
    ...quoted(event, 'response'),
  }),
  ReplyUnclear: (event) => ({
    tone: 'other',
    words: `Unclear: ${promptOf(event)}`,
    ...quoted(event, 'response'),
  }),
  ReplyRegraded: (event) => ({
    tone: text(event, 'now') === 'right' ? 'good' : 'other',
    words:
      event['withdrawn'] === true
        ? `A ruling was taken back, and it is ${text(event, 'now')} again: ${promptOf(event)}`
        : `A person ruled that it is ${text(event, 'now')}: ${promptOf(event)}`,
    ...quoted(event, 'response'),
  }),
  TraineeErased: () => ({ tone: 'other', words: 'What was known before was erased' }),
  PromptAdvanced: (event) => ({ tone: 'other', words: `Was asked: ${promptOf(event)}` }),
  DrillCompleted: (event) => {
    const graded = number(event, 'graded');
    const score = graded === 0 ? '' : `, ${count(number(event, 'right'))} of ${count(graded)} right`;
    return { tone: 'good', words: `Completed ${drillOf(event)}${score}` };
  },
  DrillAbandoned: (event) => ({
    tone: 'bad',
    words: `${drillOf(event)} ended early${because(endings, text(event, 'reason'))}`,
  }),
  DrillPostponed: (event) => ({
    tone: 'other',
    words: `${drillOf(event)} was held back${because(holds, text(event, 'reason'))}`,
  }),
  NextDrillRequested: withWord('Asked for the next drill'),
  DrillRequested: withWord('Asked for a drill'),
  DrillDeferred: withWord('Asked for a drill while a question was open'),
  TraineeReminded: (event) => ({ tone: 'drill', words: `Was reminded of: ${promptOf(event)}` }),
  MessageRequested: withText('Was sent a text'),
  MenuRequested: plainly('Asked for the menu'),
  SupportRequested: plainly('Asked for support'),
  InfoRequested: plainly('Asked for information'),
  HelpRequested: withWord('Asked for help'),
  DemoRequested: withWord('Asked for a demonstration'),
  ThanksReceived: withText('Said thanks'),
  TextNotUnderstood: withText('Wrote what was not understood'),
};

/** What happened, in words; one of a later release by its name. */
export const momentOf = (event: PastEvent): Moment =>
  tellings[event.type]?.(event) ?? { tone: 'other', words: event.type };

/** Whether an event of this type has words of its own. */
export const hasWords = (type: string): boolean => Object.hasOwn(tellings, type);

/** What happened at one time, under its day. */
export type DayOf = {
  readonly day: string;
  readonly moments: readonly (Moment & { readonly at: string; readonly key: string })[];
};

const clockIn = (zone: string): ((at: string) => { readonly day: string; readonly time: string }) => {
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone });
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
  return (at) => ({ day: date.format(new Date(at)), time: time.format(new Date(at)) });
};

/** Where somebody is, as far as their latest run knows; UTC while there is none. */
export const zoneOf = ({ runs }: Pick<TraineeAnswer, 'runs'>): string =>
  runs.find(({ zone }) => zone !== undefined)?.zone ?? 'UTC';

/** All that happened, day by day as it came, in this zone. */
export const daysOf = ({ items }: HistoryAnswer, zone: string): readonly DayOf[] => {
  const clock = clockIn(zone);
  const days = new Map<string, DayOf['moments']>();
  for (const { sequence, at, events } of items) {
    const { day, time } = clock(at);
    const moments = events.map((event, index) => ({
      ...momentOf(event),
      at: time,
      key: `${sequence}.${index}`,
    }));
    if (moments.length > 0) days.set(day, [...(days.get(day) ?? []), ...moments]);
  }
  return [...days].map(([day, moments]) => ({ day, moments }));
};

/** The timeline as it is shown. */
export const timelineTable = (phone: string, days: readonly DayOf[], zone: string): Table => ({
  name: `history-${phone.replace('+', '')}`,
  columns: ['Day', `Time (${zone})`, 'What happened', 'Said'],
  rows: days.flatMap(({ day, moments }) =>
    moments.map(({ at, words, said }) => [day, at, words, said ?? null]),
  ),
});

/** Who it is, and where they stand. */
export const traineeSentence = ({
  account,
  language,
  optedOut,
  registered,
  drills,
}: TraineeAnswer): string => {
  const standing = optedOut ? 'opted out' : registered ? 'in training' : 'not registered';
  const done = drills.filter(({ completed }) => completed > 0).length;
  const from = [account.employerName ?? account.employerId, account.unitId].filter(Boolean).join(', ');
  return [
    from,
    languageName(language),
    standing,
    ...(drills.length > 0 ? [`${done} of ${counted(drills.length, 'drill')} completed`] : []),
  ]
    .filter(Boolean)
    .join(' · ');
};

const scored = ({ count: right, of }: Score): string =>
  of === 0 ? 'nothing graded' : `${count(right)} of ${count(of)} right (${percent(right, of)})`;

const verdictOf = (passed: boolean | undefined, passMark: number | undefined): readonly string[] =>
  passed === undefined || passMark === undefined
    ? []
    : [passed ? `passed (${passMark}% or more)` : `not passed (${passMark}% needed)`];

/** How somebody stands with the course, in a sentence. */
export const courseSentence = ({ drills, completed, score, passMark, passed }: Course): string =>
  [
    `Course: ${count(completed)} of ${counted(drills, 'drill')} completed`,
    ...(score === undefined || score.of === 0 ? [] : [scored(score)]),
    ...verdictOf(passed, passMark),
  ].join(' · ');

const standings: Readonly<Record<TraineeRun['status'], string>> = {
  running: 'in progress',
  completed: 'completed',
  abandoned: 'ended early',
};

/** One drill that somebody had: how it went, in words. */
export type RunLine = {
  readonly key: string;
  readonly drill: string;
  readonly day: string;
  readonly standing: string;
  readonly score: string;
  readonly verdict: string;
};

/** The drills that somebody had and that count, the latest first. */
export const runLines = (runs: readonly TraineeRun[]): readonly RunLine[] =>
  runs
    .filter((run) => run.counts)
    .map(({ runId, drill, day, startedAt, status, score, passed, passMark }) => ({
      key: runId,
      drill: readable(drill),
      day: day ?? startedAt.slice(0, 10),
      standing: standings[status],
      score: score === undefined || score.of === 0 ? '–' : scored(score),
      verdict: verdictOf(passed, passMark)[0] ?? '–',
    }));

/** The drills of somebody as a table. */
export const runsTable = (phone: string, lines: readonly RunLine[]): Table => ({
  name: `drills-${phone.replace('+', '')}`,
  columns: ['Drill', 'Began', 'Standing', 'Score', 'Pass mark'],
  rows: lines.map(({ drill, day, standing, score, verdict }) => [drill, day, standing, score, verdict]),
});
