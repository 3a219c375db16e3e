import {
  chooseZone,
  nextOpening,
  placeIn,
  placeOfNumber,
  type Instant,
  type KnownZone,
  type Opening,
  type Place,
  type Schedule,
} from '@stopcovid/calendar';
import type { Standing } from './standing';

/** What each part of the plan looks at. */
export type Situation = {
  readonly standing: Standing;
  readonly schedule: Schedule;
  readonly place: Place;
  /** The standing's, or when a pause ended by itself. */
  readonly eligibleSince: Instant;
  readonly now: Instant;
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
