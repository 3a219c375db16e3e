import {
  addDays,
  closedOn,
  dayMs,
  deliverySpans,
  instantOf,
  minuteMs,
  occurrenceId,
  runIdOf,
  spreadMs,
  wallClock,
  type Instant,
  type LocalDate,
  type Span,
} from '@stopcovid/calendar';
import type { CommandId } from '@stopcovid/contracts';
import { stepCommandId } from './drip-step';
import { firstStepDay, passedSteps, stepOn } from './plan-step';
import { repeatsDue } from './repeats';
import type { Situation } from './situation';
import type { DateVerdict, DrillOccurrence, HeldBy, Idle, Passed, PassedBy, PendingDrill } from './standing';

/* How long after the engine held a start back it is tried again, at the soonest, and over how long those of all phones are spread. */
const againAfterMs = 5 * minuteMs;
const againOverMs = 25 * minuteMs;

/* Dates further back are not put on record any more, and further ahead nothing is looked for. */
const backDays = 31;
const aheadDays = 400;

/* What a start may have to wait for beyond its time. */
type WaitsFor = Exclude<HeldBy, 'quietHours'>;
type Waits = readonly (readonly [WaitsFor, Instant | null])[];
type Timed = { readonly at: Instant; readonly held: WaitsFor | null };

const none = (reason: PassedBy): DateVerdict => ({ kind: 'none', reason });

const dateAt = ({ place }: Situation, at: Instant): LocalDate => wallClock(place.zones[0], at).date;

/** When an unfinished drill is abandoned: as the date begins that is so many after the last answer. `null` is never. */
export const abandonedAt = (situation: Situation): Instant | null => {
  const { running } = situation.standing;
  const days = situation.schedule.expireAfterDays;
  if (running === null || days === null) return null;
  const date = addDays(dateAt(situation, running.lastAnsweredAt), days);
  const zone = situation.place.zones[0];
  return instantOf(zone, date, 0) ?? instantOf(zone, addDays(date, 1), 0);
};

/** The latest of what a start waits for, and what that is. */
const latest = (due: Instant, waits: Waits): Timed =>
  waits.reduce<Timed>((so, [held, at]) => (at !== null && at > so.at ? { at, held } : so), {
    at: due,
    held: null,
  });

/*
 * Thousands are held back at once when too many texts wait. Each is tried again at a moment of its own, so that there is
 * always somebody for the room that comes free, and in another place of the row each round, so that nobody is always last.
 */
const triedAgainAt = ({ phone, postponed }: Situation['standing'], date: LocalDate): Instant | null =>
  postponed?.date === date
    ? postponed.at + againAfterMs + spreadMs(phone, `postponed/${postponed.rounds}`, againOverMs)
    : null;

const waitsOn = (situation: Situation, date: LocalDate): Waits => {
  const { lastStartAt } = situation.standing;
  return [
    ['minGap', lastStartAt === null ? null : lastStartAt + situation.schedule.minGapMs],
    ['unfinished', abandonedAt(situation)],
    ['postponed', triedAgainAt(situation.standing, date)],
  ];
};

/** The rule's time on a date, in the piece of the window that it belongs to. A time outside the window is no time. */
const nominalOn = ({ schedule, place }: Situation, date: LocalDate, step: PendingDrill | undefined) => {
  const spans = deliverySpans(schedule.hours, place, date);
  const time = step?.minute ?? schedule.time;
  const preferred = time === null ? null : instantOf(place.zones[0], date, time);
  const held =
    preferred === null ? undefined : spans.find(({ from, to }) => from <= preferred && preferred < to);
  const window = held ?? spans.at(-1);
  if (window === undefined) return undefined;
  return { window, at: held === undefined || preferred === null ? window.from : preferred };
};

/*
 * A date alone does not name a drill: who flies from Auckland to Honolulu has two Tuesdays. So it is the date after that
 * start. Planned again, in whatever zone, before another start it is still the same one.
 */
const nameOf = ({ standing }: Situation, date: LocalDate): string =>
  `${date}/${standing.lastStartAt ?? 'first'}`;

/* A step is named by itself, on whatever date it comes, and so it comes once. */
const idOn = (situation: Situation, date: LocalDate, step: PendingDrill | undefined): CommandId => {
  const { phone, postponed } = situation.standing;
  if (step !== undefined) return stepCommandId(phone, step.step, step.tries);
  const round = postponed?.date === date ? postponed.rounds : 0;
  return occurrenceId({ kind: 'drill', phone, nominal: nameOf(situation, date), round });
};

const occurrenceOn = (
  situation: Situation,
  { date, step }: { readonly date: LocalDate; readonly step: PendingDrill | undefined },
  times: { readonly nominalAt: Instant; readonly due: Timed; readonly window: Span },
): DateVerdict => {
  const { standing } = situation;
  const repeats = repeatsDue(standing.missed, date).map(({ drill, prompt }) => ({ drill, prompt }));
  const drill = step?.drill ?? standing.nextDrill;
  if (drill === null && repeats.length === 0) return none('nothingNew');
  const commandId = idOn(situation, date, step);
  const common = {
    commandId,
    runId: runIdOf(commandId),
    date,
    repeats,
    nominalAt: times.nominalAt,
    dueAt: times.due.at,
    held: times.due.held,
    window: times.window,
    notAfter: times.window.to,
  };
  return drill === null
    ? { kind: 'repeat', ...common }
    : { kind: 'drill', drill, step: step?.step ?? null, ...common };
};

/* Nothing of it is owed: a drill was begun on that date, or it is on record, or its time came before they could be scheduled. */
const isSettled = (
  situation: Situation,
  date: LocalDate,
  times: { readonly due: Instant; readonly ends: Instant },
) => {
  const { lastStartAt, settledThrough } = situation.standing;
  const startedThen = lastStartAt !== null && dateAt(situation, lastStartAt) >= date;
  return startedThen || times.ends <= (settledThrough ?? -Infinity) || times.due < situation.eligibleSince;
};

/** What becomes of this date, as things stand. */
export const drillOn = (situation: Situation, date: LocalDate): DateVerdict => {
  const { standing, schedule, now } = situation;
  const closed = closedOn(schedule.hours, date);
  if (closed !== undefined) return none(closed);
  const step = stepOn(situation, date);
  const nominal = nominalOn(situation, date, step);
  if (nominal === undefined) return none('noWindow');
  const { window, at: nominalAt } = nominal;
  const spread = spreadMs(standing.phone, schedule.name, Math.min(schedule.spreadMs, window.to - nominalAt));
  const planned = nominalAt + spread;
  if (isSettled(situation, date, { due: planned, ends: window.to })) return 'settled';
  if (standing.freeSince !== null && planned < standing.freeSince) return none('unfinished');
  const due = latest(planned, waitsOn(situation, date));
  if (due.held !== null && due.at >= window.to) return none(due.held);
  if (window.to <= now) return none('expired');
  return occurrenceOn(situation, { date, step }, { nominalAt, due, window });
};

export type DrillPlan = {
  readonly occurrence: DrillOccurrence | null;
  readonly passed: readonly Passed[];
  readonly idle: Idle | null;
};

/** Whether there is something to learn on any date, beside the steps of drips. */
const hasContent = ({ standing }: Situation): boolean =>
  standing.nextDrill !== null || standing.missed.length > 0;

/** Why there can be no drill on any date, as things stand. */
const noDrill = (situation: Situation): Idle | undefined => {
  const { standing, schedule } = situation;
  if (standing.running !== null && schedule.expireAfterDays === null) return 'unfinished';
  return !hasContent(situation) && firstStepDay(situation) === undefined ? 'outOfDrills' : undefined;
};

const firstDate = (situation: Situation): LocalDate => {
  const { eligibleSince, standing, now } = situation;
  const since = Math.max(
    eligibleSince,
    standing.settledThrough ?? -Infinity,
    standing.lastStartAt ?? -Infinity,
  );
  const owed = dateAt(situation, Math.max(Math.min(since, now), now - backDays * dayMs));
  const step = hasContent(situation) ? undefined : firstStepDay(situation);
  return step !== undefined && step > owed ? step : owed;
};

/* When a date is over as far as drills go: as its window closes, or with the date where none opens. */
const endOf = ({ schedule, place, now }: Situation, date: LocalDate): Instant => {
  const spans =
    closedOn(schedule.hours, date) === undefined ? deliverySpans(schedule.hours, place, date) : [];
  return spans.at(-1)?.to ?? instantOf(place.zones[0], addDays(date, 1), 0) ?? now;
};

/** The next drill from the last occurrence on, and what has passed since then. */
export const planDrill = (situation: Situation): DrillPlan => {
  const passed = [
    ...passedSteps(situation, {
      verdictOn: (date) => drillOn(situation, date),
      endOf: (date) => endOf(situation, date),
    }),
  ];
  const idle = noDrill(situation);
  if (idle !== undefined) return { occurrence: null, passed, idle };
  const today = dateAt(situation, situation.now);
  let date = firstDate(situation);
  for (let days = 0; days <= backDays + aheadDays; days += 1, date = addDays(date, 1)) {
    const verdict = drillOn(situation, date);
    if (verdict === 'settled') continue;
    if (verdict.kind !== 'none') return { occurrence: verdict, passed, idle: null };
    const at = endOf(situation, date);
    if (date <= today && at <= situation.now)
      passed.push({ kind: 'drill', nominal: date, reason: verdict.reason, at });
  }
  return { occurrence: null, passed, idle: 'ended' };
};
