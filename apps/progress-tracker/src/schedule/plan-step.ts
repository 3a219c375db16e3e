import { addDays, closedOn, instantOf, wallClock, type Instant, type LocalDate } from '@stopcovid/calendar';
import type { Situation } from './situation';
import type { DateVerdict, Passed, PassedBy, PendingDrill } from './standing';

/* Nobody closes longer than this; a step whose day finds no other day passes on its own. */
const mostClosedDays = 31;

/** The days on which a step's drill may come: the first with delivery, and as many after its own as it is kept. */
const daysOf = ({ schedule }: Situation, { date, keepDays }: PendingDrill) => {
  let first = date;
  for (let days = 0; days < mostClosedDays && closedOn(schedule.hours, first) !== undefined; days += 1)
    first = addDays(first, 1);
  if (closedOn(schedule.hours, first) !== undefined) first = date;
  const kept = addDays(date, keepDays);
  return { first, last: kept > first ? kept : first };
};

const nominalOf = ({ place }: Situation, { date, minute }: PendingDrill): Instant | null =>
  instantOf(place.zones[0], date, minute);

/** Why a step's drill never comes, whatever happens until then. */
const barredBy = (situation: Situation, step: PendingDrill): PassedBy | undefined => {
  const nominalAt = nominalOf(situation, step);
  if (nominalAt === null) return 'noSuchTime';
  if (nominalAt < step.enrolledAt) return 'beforeEnrolment';
  return step.keepDays === 0 && nominalAt < situation.eligibleSince ? 'notEligible' : undefined;
};

/** The step whose drill is this date's drill: of several the earliest, and the others wait as long as they are kept. */
export const stepOn = (situation: Situation, date: LocalDate): PendingDrill | undefined =>
  situation.standing.steps.find((step) => {
    const { first, last } = daysOf(situation, step);
    return first <= date && date <= last && barredBy(situation, step) === undefined;
  });

/** The first date on which the drill of a step may still come; `undefined` where none waits. */
export const firstStepDay = (situation: Situation): LocalDate | undefined => {
  const yesterday = addDays(wallClock(situation.place.zones[0], situation.now).date, -1);
  return situation.standing.steps
    .filter((step) => barredBy(situation, step) === undefined && daysOf(situation, step).last >= yesterday)
    .map((step) => daysOf(situation, step).first)
    .reduce<LocalDate | undefined>((so, day) => (so === undefined || day < so ? day : so), undefined);
};

const missedBy = ({ standing, place }: Situation, date: LocalDate, verdict: DateVerdict): PassedBy => {
  const { lastStartAt } = standing;
  if (lastStartAt !== null && wallClock(place.zones[0], lastStartAt).date >= date) return 'oneADay';
  if (verdict === 'settled' || verdict.kind !== 'none') return 'tooLate';
  return verdict.reason === 'expired' ? 'tooLate' : verdict.reason;
};

type Days = {
  readonly verdictOn: (date: LocalDate) => DateVerdict;
  /** When a date is over as far as drills go. */
  readonly endOf: (date: LocalDate) => Instant;
};

/** The steps whose drills do not come any more, with their reasons. */
export const passedSteps = (situation: Situation, { verdictOn, endOf }: Days): readonly Passed[] =>
  situation.standing.steps.flatMap((step): readonly Passed[] => {
    const barred = barredBy(situation, step);
    const { last } = daysOf(situation, step);
    const at = barred === undefined ? endOf(last) : (nominalOf(situation, step) ?? situation.now);
    if (barred === undefined && at > situation.now) return [];
    const reason = barred ?? missedBy(situation, last, verdictOn(last));
    return [{ kind: 'drip', nominal: step.step, reason, at }];
  });
