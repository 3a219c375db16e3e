import { addDays, closedOn, instantOf, wallClock, type Instant, type LocalDate } from '@stopcovid/calendar';
import type { PlacedStep, Setting, Situation } from './situation';
import type { DateVerdict, Passed, PassedBy, PendingDrill } from './standing';

/* Nobody closes longer than this; a step whose day finds no other day passes on its own. */
const mostClosedDays = 31;

/* The first day with delivery, and as many after the step's own as it is kept. */
const daysOf = ({ schedule }: Setting, { date, keepDays }: PendingDrill) => {
  let first = date;
  for (let days = 0; days < mostClosedDays && closedOn(schedule.hours, first) !== undefined; days += 1)
    first = addDays(first, 1);
  if (closedOn(schedule.hours, first) !== undefined) first = date;
  const kept = addDays(date, keepDays);
  return { first, last: kept > first ? kept : first };
};

const barredBy = (
  { eligibleSince }: Setting,
  { enrolledAt, keepDays }: PendingDrill,
  nominalAt: Instant | null,
): PassedBy | undefined => {
  if (nominalAt === null) return 'noSuchTime';
  if (nominalAt < enrolledAt) return 'beforeEnrolment';
  return keepDays === 0 && nominalAt < eligibleSince ? 'notEligible' : undefined;
};

/** The steps whose drills wait, each with its days: found once for a plan. */
export const placedSteps = (setting: Setting): readonly PlacedStep[] =>
  setting.standing.steps.map((step) => {
    const nominalAt = instantOf(setting.place.zones[0], step.date, step.minute);
    return { step, nominalAt, ...daysOf(setting, step), barred: barredBy(setting, step, nominalAt) };
  });

/** The step whose drill is this date's drill: of several the earliest, and the others wait as long as they are kept. */
export const stepOn = ({ steps }: Situation, date: LocalDate): PendingDrill | undefined =>
  steps.find(({ first, last, barred }) => first <= date && date <= last && barred === undefined)?.step;

const todayIn = ({ place, now }: Setting): LocalDate => wallClock(place.zones[0], now).date;

/** The first date on which the drill of a step may still come; `undefined` where none waits. */
export const firstStepDay = (situation: Situation): LocalDate | undefined => {
  const yesterday = addDays(todayIn(situation), -1);
  return situation.steps
    .filter(({ barred, last }) => barred === undefined && last >= yesterday)
    .map(({ first }) => first)
    .reduce<LocalDate | undefined>((so, day) => (so === undefined || day < so ? day : so), undefined);
};

type Days = {
  readonly verdictOn: (date: LocalDate) => DateVerdict;
  /** When a date is over as far as drills go. */
  readonly endOf: (date: LocalDate) => Instant;
};

const missedBy = ({ standing, place }: Situation, date: LocalDate, { verdictOn }: Days): PassedBy => {
  const { lastStartAt } = standing;
  if (lastStartAt !== null && wallClock(place.zones[0], lastStartAt).date >= date) return 'oneADay';
  const verdict = verdictOn(date);
  if (verdict === 'settled' || verdict.kind !== 'none') return 'tooLate';
  return verdict.reason === 'expired' ? 'tooLate' : verdict.reason;
};

/** The steps whose drills do not come any more, with their reasons. */
export const passedSteps = (situation: Situation, days: Days): readonly Passed[] => {
  const { steps, now } = situation;
  if (steps.length === 0) return [];
  const today = todayIn(situation);
  return steps.flatMap(({ step, nominalAt, last, barred }): readonly Passed[] => {
    const passed = { kind: 'drip', nominal: step.step } as const;
    if (barred !== undefined) return [{ ...passed, reason: barred, at: nominalAt ?? now }];
    if (last > today) return [];
    const at = days.endOf(last);
    return at > now ? [] : [{ ...passed, reason: missedBy(situation, last, days), at }];
  });
};
