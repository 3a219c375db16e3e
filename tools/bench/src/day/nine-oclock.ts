import { hourMs, minuteMs, wallClock, type Instant, type TimeZone } from '@stopcovid/calendar';

const hoursAhead = Array.from({ length: 27 }, (_, index) => index - 12);

/* In these names the sign is the other way round: GMT-14 is fourteen hours ahead. */
const nameOf = (hours: number): TimeZone =>
  (hours === 0 ? 'Etc/GMT' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`) as TimeZone;

/** The zone where the hour from nine to ten, in the morning, holds this instant. */
export const zoneAtNine = (at: Instant): TimeZone => {
  const hourOfDay = Math.floor((at % (24 * hourMs)) / hourMs);
  const found = hoursAhead.find((hours) => (hourOfDay + hours + 24) % 24 === 9);
  if (found === undefined) throw new Error('it is nine o’clock nowhere');
  return nameOf(found);
};

/** The first whole minute that is at least so many milliseconds away. */
export const minuteAfter = (now: Instant, leadMs: number): Instant =>
  Math.ceil((now + leadMs) / minuteMs) * minuteMs;

/** Hours and minutes in a zone, as schedules are written. */
export const timeIn = (zone: TimeZone, at: Instant): string => {
  const { minute } = wallClock(zone, at);
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
};
