import { dayMs, hourMs, minuteMs, spreadMs, tzVersion, type Instant } from '@stopcovid/calendar';
import type { DialogCommand } from '@stopcovid/contracts';
import { lookAhead, type Outlook } from '../schedule/plan';
import type { DrillOccurrence, Occurrence, Passed, ReminderOccurrence } from '../schedule/standing';
import { mostPast, type ClockMarks, type PastOccurrence, type PhoneSchedule } from './phone-schedule';
import { standingOf, type Around } from './standing-of';
import { abandonOf, commandOf, pauseOf } from './to-command';

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
};

type Publishable = Extract<DrillOccurrence, { kind: 'drill' }> | ReminderOccurrence;

const isPublishable = (one: Occurrence): one is Publishable =>
  one.kind === 'drill' || one.kind === 'reminder';

/* Later than this the clock was down, and the backlog is spread over as long as it was, an hour at most. */
const outageMs = 5 * minuteMs;
const mostSpreadMs = hourMs;

/** When it is the turn of something due: at once, or spread after an outage, inside what is left of its window. */
const turnOf = (
  { phone, clock: { turn } }: PhoneSchedule,
  { kind, commandId, dueAt, notAfter }: Publishable,
  now: Instant,
): Instant => {
  if (turn?.commandId === commandId) return turn.at;
  const late = now - dueAt;
  if (kind !== 'drill' || late <= outageMs) return dueAt;
  return now + spreadMs(phone, commandId, Math.min(late, mostSpreadMs, (notAfter - now) / 2));
};

const marksOf = (occurrence: Publishable, askedAt: Instant, now: Instant): Partial<ClockMarks> => {
  if (occurrence.kind === 'drill')
    return { start: { commandId: occurrence.commandId, date: occurrence.date, at: now } };
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
};

const noAct: Act = { command: null, marks: {}, past: [], dueAt: null, held: false };

const publish = (phone: PhoneSchedule, occurrence: Publishable, now: Instant): Act => {
  const at = turnOf(phone, occurrence, now);
  const { commandId, kind, held } = occurrence;
  if (at > now) return { ...noAct, marks: { turn: { commandId, at } }, held: true };
  const nominal = occurrence.kind === 'drill' ? occurrence.date : `${occurrence.rung + 1}`;
  const askedAt = phone.running?.open?.askedAt ?? 0;
  return {
    command: commandOf({ phone: phone.phone, now }, occurrence),
    marks: { ...marksOf(occurrence, askedAt, now), turn: null },
    past: [published({ kind, nominal, at: now, reason: held })],
    dueAt: at,
    held: false,
  };
};

/* One thing at a time: what else is due comes with the next look, from where this one leaves off. */
const actOn = (phone: PhoneSchedule, { plan, pause }: Outlook, now: Instant): Act => {
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
  const due = plan.occurrences.filter(isPublishable).find(({ dueAt }) => dueAt <= now);
  if (due !== undefined) return publish(phone, due, now);
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

const settled = (clock: ClockMarks, passed: readonly Passed[]): Instant | null => {
  const ends = passed.flatMap(({ kind, at }) => (kind === 'drill' ? [at] : []));
  return ends.length === 0 ? clock.settledThrough : Math.max(clock.settledThrough ?? -Infinity, ...ends);
};

const earliest = (instants: readonly (Instant | null)[]): Instant | null =>
  instants.reduce((so, at) => (at !== null && at < (so ?? Infinity) ? at : so), null);

/* Another phone of the person may cease to be theirs without a word to this one. */
const lookAgainMs = dayMs;

const nextLook = (phone: PhoneSchedule, { plan, pause }: Outlook, now: Instant): Instant | null => {
  if (plan.idle === 'notActive') return now + lookAgainMs;
  const occurrences = plan.occurrences.filter(isPublishable).map((one) => {
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

const outlookOf = (phone: PhoneSchedule, around: Around): Outlook => {
  const outlook = lookAhead(standingOf(phone, around), around.applies, around.now);
  const { paused } = phone.clock;
  const open = phone.running?.open;
  const isPausedFor = paused?.runId === phone.running?.runId && paused?.askedAt === open?.askedAt;
  return isPausedFor ? { ...outlook, pause: null } : outlook;
};

/**
 * Plans a phone anew and takes what is due now, at most one thing: state is looked at here, at the very claim. Nothing is
 * done by it; who publishes the command and then writes `next` may do so twice, for the id is the occurrence's.
 */
export const claim = (phone: PhoneSchedule, around: Around): Claim => {
  const { now } = around;
  const outlook = outlookOf(phone, around);
  const passed = news(phone.clock.last, outlook.plan.passed);
  const act = actOn(phone, outlook, now);
  const clock: ClockMarks = {
    ...phone.clock,
    ...act.marks,
    settledThrough: settled(phone.clock, outlook.plan.passed),
    tzVersion,
    last: [...act.past, ...passed.map(pastOf).reverse(), ...phone.clock.last].slice(0, mostPast),
  };
  const after = { ...phone, clock };
  const next = { ...after, nextAt: nextLook(after, outlookOf(after, around), now) };
  const lateMs = act.command === null || act.dueAt === null ? null : now - act.dueAt;
  return { phone, next, command: act.command, lateMs, passed, held: act.held };
};

/** Nothing is scheduled for this phone. */
export const unscheduled = (phone: PhoneSchedule): Claim => ({
  phone,
  next: { ...phone, nextAt: null },
  command: null,
  lateMs: null,
  passed: [],
  held: false,
});
