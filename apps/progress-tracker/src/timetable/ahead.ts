import { addDays, instantOf, type Instant, type Schedule } from '@stopcovid/calendar';
import type { DrillSlug } from '@stopcovid/contracts';
import type { PhoneSchedule } from '../clock/phone-schedule';
import { nextOf } from '../progress/follow-up';
import type { Offer } from '../progress/offer';
import { datesAhead, lookAhead, type DateAhead, type Outlook } from '../schedule/plan';
import { placeOf } from '../schedule/situation';
import type {
  DateVerdict,
  DrillOccurrence,
  HeldBy,
  Idle,
  Occurrence,
  PassedBy,
  Standing,
} from '../schedule/standing';

/**
 * Something ahead of a phone: from `at` on until `until`, later than its rule says for `reason`; or, where it does not
 * come, the beginning of its date and why.
 */
export type Ahead = {
  readonly kind: Occurrence['kind'] | 'abandon' | 'pause';
  /** The date of a drill, the rung of a reminder, the id of a message, the run that ends or whose ladder does. */
  readonly nominal: string;
  readonly drill: DrillSlug | null;
  readonly comes: boolean;
  readonly at: Instant;
  readonly until: Instant | null;
  readonly reason: HeldBy | PassedBy | null;
};

/** How far is looked, and the drills that are left of the course, in order. */
export type Horizon = {
  readonly now: Instant;
  readonly dates: number;
  readonly drills: readonly DrillSlug[];
};

const isStart = (one: DateVerdict | Occurrence): one is DrillOccurrence =>
  one !== 'settled' && (one.kind === 'drill' || one.kind === 'repeat');

/** One that is due still comes: no earlier than now. */
const comingStart = (
  { date, dueAt, notAfter, held }: DrillOccurrence,
  drill: DrillSlug | null,
  now: Instant,
): Ahead => ({
  kind: drill === null ? 'repeat' : 'drill',
  nominal: date,
  drill,
  comes: true,
  at: Math.max(dueAt, now),
  until: notAfter,
  reason: held,
});

/* A day that is no delivery day is no occurrence that does not come. */
const isWorthTelling = (reason: PassedBy): boolean => reason !== 'notADeliveryDay' && reason !== 'nothingNew';

const outlined = (dates: readonly DateAhead[], standing: Standing, schedule: Schedule): readonly Ahead[] => {
  const zone = placeOf(standing, schedule)?.zones[0];
  return dates.flatMap(({ date, verdict }): readonly Ahead[] => {
    if (zone === undefined || verdict === 'settled' || verdict.kind !== 'none') return [];
    if (!isWorthTelling(verdict.reason)) return [];
    const at = instantOf(zone, date, 0) ?? instantOf(zone, addDays(date, 1), 0);
    const { reason } = verdict;
    return at === null
      ? []
      : [{ kind: 'drill', nominal: date, drill: null, comes: false, at, until: null, reason }];
  });
};

/* A window that goes on past midnight may still be open for the drill of a date before today. */
const drillOccurrences = (dates: readonly DateAhead[], { plan }: Outlook): readonly DrillOccurrence[] => {
  const ahead = dates.flatMap(({ verdict }) => (isStart(verdict) ? [verdict] : []));
  const before = plan.occurrences.filter(isStart).filter(({ date }) => date < (dates[0]?.date ?? ''));
  return [...before, ...ahead];
};

/* A drill of the course as long as one is left; then what is to be repeated, where anything is. */
const drillOf = (
  one: DrillOccurrence,
  given: readonly DrillOccurrence[],
  drills: readonly DrillSlug[],
): DrillSlug | null => {
  if (one.kind === 'repeat') return null;
  if (one.step !== null) return one.drill;
  return drills[given.filter((before) => before.kind === 'drill' && before.step === null).length] ?? null;
};

/** The drills ahead, as if each is finished before the next, and the dates without one. */
export const drillsAhead = (standing: Standing, schedule: Schedule, horizon: Horizon): readonly Ahead[] => {
  const { now, drills } = horizon;
  const dates = datesAhead(standing, schedule, horizon);
  const all = drillOccurrences(dates, lookAhead(standing, schedule, now));
  const comes = all.flatMap((one, index) => {
    const drill = drillOf(one, all.slice(0, index), drills);
    return drill === null && one.repeats.length === 0 ? [] : [comingStart(one, drill, now)];
  });
  return [...comes, ...outlined(dates, standing, schedule)].sort((one, other) => one.at - other.at);
};

const nominalOf = (one: Exclude<Occurrence, DrillOccurrence>): string =>
  one.kind === 'reminder' ? `${one.rung + 1}` : one.message;

const nothingMore = { drill: null, comes: true, until: null, reason: null } as const;

const besides = (
  { plan: { occurrences, abandon }, pause }: Outlook,
  standing: Standing,
): readonly Ahead[] => [
  ...occurrences
    .filter((one) => !isStart(one))
    .map((one): Ahead => ({
      ...nothingMore,
      kind: one.kind,
      nominal: nominalOf(one),
      at: one.dueAt,
      until: one.notAfter,
      reason: one.held,
    })),
  ...(abandon === null
    ? []
    : [{ ...nothingMore, kind: 'abandon' as const, nominal: abandon.runId, at: abandon.at }]),
  ...(pause === null
    ? []
    : [{ ...nothingMore, kind: 'pause' as const, nominal: standing.running?.runId ?? '', at: pause.at }]),
];

/** All that is ahead of a phone if nothing changes, by time; and why there is nothing at all, or no further drill. */
export const aheadOf = (
  standing: Standing,
  schedule: Schedule,
  horizon: Horizon,
): { readonly ahead: readonly Ahead[]; readonly idle: Idle | null } => {
  const outlook = lookAhead(standing, schedule, horizon.now);
  const all = [...drillsAhead(standing, schedule, horizon), ...besides(outlook, standing)];
  return { ahead: all.sort((one, other) => one.at - other.at), idle: outlook.plan.idle };
};

/** The drills that are left of the course, as if each is completed; at most so many. */
export const drillsLeft = (
  known: PhoneSchedule['drills'],
  offer: Offer,
  most: number,
): readonly DrillSlug[] => {
  const left: DrillSlug[] = [];
  let drills = known;
  while (left.length < most) {
    const drill = nextOf(drills, offer);
    if (drill === undefined) break;
    left.push(drill);
    drills = [...drills, { drill, started: 1, completed: 1 }];
  }
  return left;
};
