import {
  chooseZone,
  nextOpening,
  placeIn,
  placeOfNumber,
  type Instant,
  type KnownZone,
  type LocalDate,
  type Opening,
  type Place,
  type Schedule,
} from '@stopcovid/calendar';
import type { PassedBy, PendingDrill, Standing } from './standing';

/** The drill of a step of a drip, and the days from `first` to `last` on which it may come. */
export type PlacedStep = {
  readonly step: PendingDrill;
  readonly nominalAt: Instant | null;
  readonly first: LocalDate;
  readonly last: LocalDate;
  /** Why it never comes, whatever happens until then. */
  readonly barred: PassedBy | undefined;
};

/** Who is planned for, where, by which schedule and when. */
export type Setting = {
  readonly standing: Standing;
  readonly schedule: Schedule;
  readonly place: Place;
  /** The standing's, or when a pause ended by itself. */
  readonly eligibleSince: Instant;
  readonly now: Instant;
};

/** What each part of the plan looks at. */
export type Situation = Setting & {
  /** Those of the standing, the earliest first. */
  readonly steps: readonly PlacedStep[];
};

/** The zone that counts for a trainee, and who said so. */
export const zoneOf = (standing: Standing, schedule: Schedule): KnownZone =>
  chooseZone({
    ...(standing.zone !== null && { [standing.zone.source]: standing.zone.name }),
    ...(schedule.zone !== null && { [schedule.zone.source]: schedule.zone.name }),
  });

/** Where a trainee is: in their zone, else wherever their number may be from. */
export const placeOf = (standing: Standing, schedule: Schedule): Place | null => {
  const { zone } = zoneOf(standing, schedule);
  return zone === null ? placeOfNumber(standing.phone) : placeIn(zone);
};

/** When something can go out: as soon as the window is open, and not in a piece of the window that is over by now. */
export const releaseOf = (situation: Situation, nominalAt: Instant): Opening | null =>
  unlessOver(situation, nextOpening(situation.schedule.hours, situation.place, nominalAt));

/** The opening, or the next from now on where that one is over. */
export const unlessOver = ({ schedule, place, now }: Situation, first: Opening | null): Opening | null =>
  first !== null && first.window.to <= now ? nextOpening(schedule.hours, place, now) : first;
