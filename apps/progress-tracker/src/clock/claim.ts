import { dayMs, hourMs, minuteMs, spreadMs, tzVersion, type Instant } from '@stopcovid/calendar';
import type { CommandId, DialogCommand } from '@stopcovid/contracts';
import { lookAhead, type Outlook } from '../schedule/plan';
import type { DrillOccurrence, MessageOccurrence, Occurrence, Passed } from '../schedule/standing';
import {
  mostPast,
  type ClockMarks,
  type PastOccurrence,
  type PhoneSchedule,
  type StepMark,
} from './phone-schedule';
import { isAhead } from './drip-steps';
import { standingOf, type Around } from './standing-of';
import { stepMarks, stepOf, stepSent, stepsPassed } from './step-marks';
import { abandonOf, commandOf, messageOf, pauseOf } from './to-command';
import type { SettledMessage } from './waiting-messages';

/** What a look at a phone came to: what is to be published, and then its next document. */
export type Claim = {
  readonly phone: PhoneSchedule;
  readonly next: PhoneSchedule;
  readonly command: DialogCommand | null;
  /** How late the command is. */
  readonly lateMs: number | null;
  readonly passed: readonly Passed[];
  /** Whether something due waits for its turn after an outage. */
  readonly held: boolean;
  /** What has become of messages that waited. */
  readonly settled: readonly SettledMessage[];
};

const isMessage = (one: Pick<Occurrence, 'kind'>): one is MessageOccurrence =>
  one.kind === 'drip' || one.kind === 'broadcast';

/* Both are the one drill of their day. */
const isStart = (one: Occurrence): one is DrillOccurrence => one.kind === 'drill' || one.kind === 'repeat';

/* Later than this the clock was down, and the backlog is spread over as long as it was, an hour at most. */
const outageMs = 5 * minuteMs;
const mostSpreadMs = hourMs;

/** When it is the turn of something due: at once, or spread after an outage, inside what is left of its window. */
const turnOf = ({ phone, clock: { turn } }: PhoneSchedule, occurrence: Occurrence, now: Instant): Instant => {
  const { commandId, dueAt, notAfter } = occurrence;
  if (turn?.commandId === commandId) return turn.at;
  const late = now - dueAt;
  if (!isStart(occurrence) || late <= outageMs) return dueAt;
  return now + spreadMs(phone, commandId, Math.min(late, mostSpreadMs, (notAfter - now) / 2));
};

const isTurnOf = ({ clock: { turn } }: PhoneSchedule, commandId: CommandId): boolean =>
  turn?.commandId === commandId;

const marksOf = (occurrence: Occurrence, askedAt: Instant, now: Instant): Partial<ClockMarks> => {
  if (isStart(occurrence))
    return { start: { commandId: occurrence.commandId, date: occurrence.date, at: now } };
  if (isMessage(occurrence)) return {};
  const { runId, prompt, rung } = occurrence;
  return { reminder: { runId, prompt, askedAt, rung, at: now } };
};

const published = (done: Omit<PastOccurrence, 'outcome'>): PastOccurrence => ({
  ...done,
  outcome: 'published',
});

type Act = {
  readonly command: DialogCommand | null;
  readonly marks: Partial<ClockMarks>;
  readonly past: readonly PastOccurrence[];
  readonly dueAt: Instant | null;
  readonly held: boolean;
  readonly settled: readonly SettledMessage[];
  readonly steps: readonly StepMark[];
};

const noAct: Act = { command: null, marks: {}, past: [], dueAt: null, held: false, settled: [], steps: [] };

const nominalOf = (occurrence: Occurrence): string => {
  if (isMessage(occurrence)) return occurrence.message;
  const step = stepOf(occurrence);
  if (step !== null) return step;
  return isStart(occurrence) ? occurrence.date : `${occurrence.rung + 1}`;
};

/* What a message says is with those that wait: it was planned from there. */
const writeFor = (
  phone: PhoneSchedule,
  occurrence: Occurrence,
  { messages, isLast, now }: Around,
): DialogCommand => {
  const about = { phone: phone.phone, now };
  if (!isMessage(occurrence)) return commandOf({ ...about, ...(isLast && { isLast }) }, occurrence);
  const content = messages.find(
    ({ kind, id }) => kind === occurrence.kind && id === occurrence.message,
  )?.content;
  if (content === undefined) throw new Error(`nobody knows what ${occurrence.message} says`);
  return messageOf(about, occurrence, content);
};

const sentNow = ({ phone }: PhoneSchedule, occurrence: Occurrence, at: Instant): readonly SettledMessage[] =>
  occurrence.kind === 'broadcast'
    ? [{ kind: occurrence.kind, phone, message: occurrence.message, outcome: 'published', reason: null, at }]
    : [];

const publish = (phone: PhoneSchedule, occurrence: Occurrence, around: Around): Act => {
  const { now } = around;
  const at = turnOf(phone, occurrence, now);
  const { commandId, held } = occurrence;
  const kind = stepOf(occurrence) === null ? occurrence.kind : 'drip';
  if (at > now) return { ...noAct, marks: { turn: { commandId, at } }, held: true };
  const nominal = nominalOf(occurrence);
  const askedAt = phone.running?.open?.askedAt ?? 0;
  return {
    command: writeFor(phone, occurrence, around),
    marks: { ...marksOf(occurrence, askedAt, now), ...(isTurnOf(phone, commandId) && { turn: null }) },
    past: [published({ kind, nominal, at: now, reason: held })],
    dueAt: at,
    held: false,
    settled: sentNow(phone, occurrence, now),
    steps: stepSent(occurrence, around),
  };
};

/* One thing at a time: what else is due comes with the next look, from where this one leaves off. */
const actOn = (phone: PhoneSchedule, { plan, pause }: Outlook, around: Around): Act => {
  const { now } = around;
  const { abandon } = plan;
  const about = { phone: phone.phone, now };
  if (abandon !== null && abandon.at <= now)
    return {
      ...noAct,
      command: abandonOf(about, abandon),
      marks: { abandoned: { runId: abandon.runId, at: now } },
      past: [published({ kind: 'abandon', nominal: abandon.runId, at: now, reason: 'idle' })],
      dueAt: abandon.at,
    };
  const due = plan.occurrences.filter(({ dueAt }) => dueAt <= now);
  const next = due.find((one) => turnOf(phone, one, now) <= now) ?? due[0];
  if (next !== undefined) return publish(phone, next, around);
  const open = phone.running?.open;
  if (pause === null || pause.at > now || !phone.running || !open) return noAct;
  const ladder = { runId: phone.running.runId, askedAt: open.askedAt };
  return {
    ...noAct,
    command: pauseOf(about, { ...ladder, window: pause.window }),
    marks: { paused: { ...ladder, at: now } },
    past: [published({ kind: 'pause', nominal: ladder.runId, at: now, reason: 'unanswered' })],
    dueAt: pause.at,
  };
};

const pastOf = ({ kind, nominal, reason, at }: Passed): PastOccurrence => ({
  kind,
  nominal,
  at,
  outcome: 'passed',
  reason,
});

const isSame = (one: PastOccurrence, other: PastOccurrence): boolean =>
  one.kind === other.kind && one.nominal === other.nominal && one.outcome === other.outcome;

const news = (last: ClockMarks['last'], passed: readonly Passed[]): readonly Passed[] =>
  passed.filter((each) => !last.some((known) => isSame(known, pastOf(each))));

const settledThrough = (clock: ClockMarks, passed: readonly Passed[]): Instant | null => {
  const ends = passed.flatMap(({ kind, at }) => (kind === 'drill' ? [at] : []));
  return ends.length === 0 ? clock.settledThrough : Math.max(clock.settledThrough ?? -Infinity, ...ends);
};

/* Told until they are settled, whatever of it the document still remembers. */
const passedBy = ({ phone }: PhoneSchedule, passed: readonly Passed[]): readonly SettledMessage[] =>
  passed.flatMap(({ kind, nominal: message, reason, at }): readonly SettledMessage[] =>
    kind === 'broadcast' ? [{ kind, phone, message, outcome: 'passed', reason, at }] : [],
  );

const earliest = (instants: readonly (Instant | null)[]): Instant | null =>
  instants.reduce((so, at) => (at !== null && at < (so ?? Infinity) ? at : so), null);

/* Another phone of the person may cease to be theirs without a word to this one. */
const lookAgainMs = dayMs;

const nextLook = (phone: PhoneSchedule, { plan, pause }: Outlook, now: Instant): Instant | null => {
  if (plan.idle === 'notActive') return now + lookAgainMs;
  const occurrences = plan.occurrences.map((one) => {
    const { turn } = phone.clock;
    return turn?.commandId === one.commandId ? Math.max(turn.at, one.dueAt) : one.dueAt;
  });
  const nothingElse = plan.occurrences.length === 0 && plan.abandon === null;
  return earliest([
    ...occurrences,
    plan.abandon?.at ?? null,
    pause?.at ?? null,
    nothingElse ? plan.nextAt : null,
  ]);
};

/** What comes next for a phone, as the clock sees it: a pause that it has published already does not come again. */
export const outlookOf = (phone: PhoneSchedule, around: Around): Outlook => {
  const outlook = lookAhead(standingOf(phone, around), around.applies, around.now);
  const { paused } = phone.clock;
  const open = phone.running?.open;
  const isPausedFor = paused?.runId === phone.running?.runId && paused?.askedAt === open?.askedAt;
  return isPausedFor ? { ...outlook, pause: null } : outlook;
};

/** A phone as it was read, and what was planned for it. */
type Planned = { readonly phone: PhoneSchedule; readonly outlook: Outlook; readonly around: Around };

/* All that a plan depends on is as it was: the next plan is this one, and needs not be made again. */
const isUntouched = (
  { clock: before }: PhoneSchedule,
  { clock: after }: PhoneSchedule,
  over: ReadonlySet<string>,
): boolean => {
  const marks = ['start', 'reminder', 'abandoned', 'paused', 'settledThrough'] as const;
  return over.size === 0 && marks.every((mark) => before[mark] === after[mark]);
};

/* When the clock looks again, once what was done is on record and what is over waits no more. */
const outlookAfter = (
  { phone, outlook, around }: Planned,
  after: PhoneSchedule,
  over: ReadonlySet<string>,
): Outlook =>
  isUntouched(phone, after, over)
    ? outlook
    : outlookOf(after, {
        ...around,
        messages: around.messages.filter(({ id }) => !over.has(id)),
        steps: around.steps.filter(({ step }) => !over.has(step)),
      });

/**
 * Plans a phone anew and takes what is due now, at most one thing: state is looked at here, at the very claim. Nothing is
 * done by it; who publishes the command and then writes `next` may do so twice, for the id is the occurrence's.
 */
export const claim = (phone: PhoneSchedule, around: Around): Claim => {
  const { now } = around;
  const outlook = outlookOf(phone, around);
  const passed = news(phone.clock.last, outlook.plan.passed);
  const act = actOn(phone, outlook, around);
  const settled = [...act.settled, ...passedBy(phone, outlook.plan.passed)];
  const behind = [...act.steps, ...stepsPassed(outlook.plan.passed, around)];
  const clock: ClockMarks = {
    ...phone.clock,
    ...stepMarks(phone, behind),
    ...act.marks,
    settledThrough: settledThrough(phone.clock, outlook.plan.passed),
    tzVersion,
    last: [...act.past, ...passed.map(pastOf).reverse(), ...phone.clock.last].slice(0, mostPast),
  };
  const after = { ...phone, clock };
  const over = new Set([...settled.map(({ message }) => message), ...behind.map(({ step }) => step)]);
  /* Which steps wait behind one that has passed already is not known here. */
  const isMoreAhead = behind.some(({ date }) => isAhead(date, now));
  const next = {
    ...after,
    nextAt: isMoreAhead ? now : nextLook(after, outlookAfter({ phone, outlook, around }, after, over), now),
  };
  const lateMs = act.command === null || act.dueAt === null ? null : now - act.dueAt;
  return { phone, next, command: act.command, lateMs, passed, held: act.held, settled };
};

/** Nothing is scheduled for this phone. */
export const unscheduled = (phone: PhoneSchedule): Claim => ({
  phone,
  next: { ...phone, nextAt: null },
  command: null,
  lateMs: null,
  passed: [],
  held: false,
  settled: [],
});
