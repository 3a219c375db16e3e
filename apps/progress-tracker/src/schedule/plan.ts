import { tzVersion, type Instant, type LocalDate, type Schedule } from '@stopcovid/calendar';
import { addDays, wallClock } from '@stopcovid/calendar';
import { abandonedAt, drillOn, planDrill } from './plan-drill';
import { planMessage } from './plan-message';
import { planPause, type PausePlan } from './plan-pause';
import { planReminder } from './plan-reminder';
import { placedSteps } from './plan-step';
import { placeOf, type Situation } from './situation';
import { rightAgain } from './repeats';
import type { DateVerdict, DrillOccurrence, Idle, Occurrence, Passed, Plan, Standing } from './standing';

const isPaused = ({ paused }: Standing, now: Instant): boolean =>
  paused !== null && (paused.until === null || now < paused.until);

/** Why nothing proactive may go to this phone at all. */
const barred = (standing: Standing, now: Instant): Idle | undefined => {
  if (!standing.registered) return 'notRegistered';
  if (standing.optedOut) return 'optedOut';
  if (!standing.active) return 'notActive';
  return isPaused(standing, now) ? 'paused' : undefined;
};

const nothing = (idle: Idle, nextAt: Instant | null): Plan => ({
  occurrences: [],
  passed: [],
  abandon: null,
  idle,
  nextAt,
  tzVersion,
});

const earliest = (instants: readonly Instant[]): Instant | null =>
  instants.length === 0 ? null : Math.min(...instants);

/** The situation of a trainee who may be written to, or why not. */
const situationOf = (standing: Standing, schedule: Schedule, now: Instant): Situation | Idle => {
  const reason = barred(standing, now);
  if (reason !== undefined) return reason;
  const place = placeOf(standing, schedule);
  const eligibleSince = Math.max(standing.eligibleSince, standing.paused?.until ?? -Infinity);
  if (place === null) return 'noZone';
  const setting = { standing, schedule, place, eligibleSince, now };
  return { ...setting, steps: placedSteps(setting) };
};

const planIn = (situation: Situation): Plan => {
  const drill = planDrill(situation);
  const reminder = planReminder(situation);
  const messages = situation.standing.messages.map((message) => planMessage(situation, message));
  const occurrences = [...messages, drill.occurrence, reminder.occurrence]
    .filter((one): one is Occurrence => one !== null && 'dueAt' in one)
    .sort((one, other) => one.dueAt - other.dueAt);
  const at = abandonedAt(situation);
  const { running } = situation.standing;
  const abandon = running === null || at === null ? null : { runId: running.runId, at };
  return {
    occurrences,
    passed: [
      ...drill.passed,
      ...reminder.passed,
      ...messages.filter((one): one is Passed => 'reason' in one),
    ],
    abandon,
    idle: drill.idle,
    nextAt: earliest([...occurrences.map(({ dueAt }) => dueAt), ...(abandon === null ? [] : [abandon.at])]),
    tzVersion,
  };
};

/** The plan, and when a ladder that ended unanswered pauses the schedule. */
export type Outlook = { readonly plan: Plan; readonly pause: PausePlan | null };

/** All that comes next for a trainee. */
export const lookAhead = (standing: Standing, schedule: Schedule, now: Instant): Outlook => {
  const situation = situationOf(standing, schedule, now);
  if (typeof situation !== 'string') return { plan: planIn(situation), pause: planPause(situation) };
  const nextAt = situation === 'paused' ? (standing.paused?.until ?? null) : null;
  return { plan: nothing(situation, nextAt), pause: null };
};

/**
 * What comes next for a trainee, and what has passed without coming. It starts from the last occurrence on record and
 * never from `now`: planned again, and planned under a changed schedule, nothing is lost and nothing comes twice.
 */
export const plan = (standing: Standing, schedule: Schedule, now: Instant): Plan =>
  lookAhead(standing, schedule, now).plan;

/** One date ahead: its drill, or why there is none. */
export type DateAhead = { readonly date: LocalDate; readonly verdict: DateVerdict };

/* Each of the repeats of a date is right then, and goes up its ladder. */
const rightOn = ({ standing, schedule }: Situation, { date, repeats }: DrillOccurrence): Standing['missed'] =>
  standing.missed.flatMap((item) => {
    const isAsked = repeats.some(({ drill, prompt }) => drill === item.drill && prompt === item.prompt);
    if (!isAsked || schedule.repeats === null) return [item];
    return rightAgain(schedule.repeats, item, date) ?? [];
  });

/* A date ahead on which everything goes as planned: begun when due, finished before the next. */
const afterwards = (situation: Situation, verdict: DateVerdict): Situation =>
  verdict === 'settled' || verdict.kind === 'none'
    ? situation
    : {
        ...situation,
        standing: {
          ...situation.standing,
          lastStartAt: verdict.dueAt,
          settledThrough: verdict.notAfter,
          missed: rightOn(situation, verdict),
          running: null,
        },
        steps: situation.steps.filter(({ step }) => !('step' in verdict) || step.step !== verdict.step),
      };

/**
 * The dates from today on with their drills or the reasons why there are none, if each drill is finished before the
 * next. Later drills carry the name of the next one: which they will be depends on what is answered.
 */
export const datesAhead = (
  standing: Standing,
  schedule: Schedule,
  at: { now: Instant; dates: number },
): readonly DateAhead[] => {
  let situation = situationOf(standing, schedule, at.now);
  if (typeof situation === 'string') return [];
  const today = wallClock(situation.place.zones[0], at.now).date;
  const ahead: DateAhead[] = [];
  for (let days = 0; days < at.dates; days += 1) {
    const date = addDays(today, days);
    const verdict = drillOn(situation, date);
    ahead.push({ date, verdict });
    situation = afterwards(situation, verdict);
  }
  return ahead;
};
