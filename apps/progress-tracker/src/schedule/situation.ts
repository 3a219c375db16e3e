import {
  chooseZone,
  nextInside,
  placeIn,
  placeOfNumber,
  spanAt,
  type Instant,
  type KnownZone,
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
export const releasedAt = ({ schedule, place, now }: Situation, nominalAt: Instant): Instant | null => {
  const first = nextInside(schedule.hours, place, nominalAt);
  const over = first !== null && (spanAt(schedule.hours, place, first)?.to ?? first) <= now;
  return over ? nextInside(schedule.hours, place, now) : first;
};
