import { Temporal } from 'temporal-polyfill';
import type { LocalDate, TimeZone } from './names';
import { remember, rememberPairs } from './remember';

/*
 * The one file that knows Temporal. Local times become instants by Temporal's own rules (`compatible`: the later
 * reading in a gap, the earlier one in an overlap); instants become local times by the zone's offset, which is
 * remembered for as long as the zone keeps it.
 */

/** A moment: milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;
/** A piece of time, from `from` up to but without `to`. */
export type Span = { readonly from: Instant; readonly to: Instant };
/** What a clock on the wall shows: the date, and whole minutes since midnight. */
export type WallClock = { readonly date: LocalDate; readonly minute: number };

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** The version of the time zone data that this process has, such as `2025c`. Plans made under another are made anew. */
export const tzVersion: string = process.versions['tz'] ?? 'unknown';

const instantIn = (zone: string, at: Instant): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

/** Whether the zone data know this name. */
export const isKnownZone = remember(2_000, (name) => {
  try {
    return instantIn(name, 0).timeZoneId !== '';
  } catch {
    return false;
  }
});

/** Whether two names mean one zone: `Asia/Kolkata` and `Asia/Calcutta` do. */
export const sameZone = (one: TimeZone, other: TimeZone): boolean =>
  one === other || instantIn(one, 0).equals(instantIn(other, 0));

/* Newer versions of Node have the method alone, older ones the property. */
type WithZones = { readonly timeZones?: readonly string[]; readonly getTimeZones?: () => readonly string[] };

/** The zones of a country, given by its ISO 3166 code. */
export const zonesOfCountry = (country: string): readonly TimeZone[] => {
  const locale = new Intl.Locale(`und-${country}`) as WithZones;
  return (locale.getTimeZones?.() ?? locale.timeZones ?? []) as readonly TimeZone[];
};

/** Whether the calendar has this date, given as `YYYY-MM-DD`. */
export const dateExists = remember(20_000, (text) => {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
});

const plain = (date: Temporal.PlainDate): LocalDate => date.toString() as LocalDate;

const dayNumbers = remember(
  20_000,
  (date) => Temporal.PlainDate.from(date).toZonedDateTime('UTC').epochMilliseconds / dayMs,
);
const dateOfDay = remember(20_000, (day: number) => plain(instantIn('UTC', day * dayMs).toPlainDate()));

/** Days since 1970-01-01. */
export const dayNumber = (date: LocalDate): number => dayNumbers(date);

export const addDays = (date: LocalDate, days: number): LocalDate => dateOfDay(dayNumber(date) + days);

/** The same day of another month, or that month's last day: a month after 31 January is the end of February. */
export const addMonths = (date: LocalDate, months: number): LocalDate =>
  plain(Temporal.PlainDate.from(date).add({ months }));

/** A time for which a zone keeps one offset. */
type Constant = Span & { readonly offsetMs: number };

const measure = (zone: string, at: Instant): Constant => {
  const before = instantIn(zone, at + 1).getTimeZoneTransition('previous');
  const after = instantIn(zone, at).getTimeZoneTransition('next');
  return {
    from: before?.epochMilliseconds ?? -Infinity,
    to: after?.epochMilliseconds ?? Infinity,
    offsetMs: instantIn(zone, at).offsetNanoseconds / 1_000_000,
  };
};

const constantsOf = remember<Constant[]>(2_000, () => []);
const maxConstants = 64;

const constantAt = (zone: TimeZone, at: Instant): Constant => {
  const known = constantsOf(zone);
  const found = known.find(({ from, to }) => from <= at && at < to);
  if (found !== undefined) return found;
  const made = measure(zone, at);
  if (known.length >= maxConstants) known.shift();
  known.push(made);
  return made;
};

/** What the clock shows in this zone at this moment. */
export const wallClock = (zone: TimeZone, at: Instant): WallClock => {
  const local = at + constantAt(zone, at).offsetMs;
  const day = Math.floor(local / dayMs);
  return { date: dateOfDay(day), minute: Math.floor((local - day * dayMs) / minuteMs) };
};

const twoDigits = (value: number): string => `${value}`.padStart(2, '0');
const clockTime = (minute: number): string =>
  `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;

/* More than a day has: a date and a minute are one number. */
const dayStride = 2_000;

const resolved = rememberPairs(50_000, (zone, when: number) => {
  const day = Math.floor(when / dayStride);
  const date = dateOfDay(day);
  const local = Temporal.PlainDateTime.from(`${date}T${clockTime(when - day * dayStride)}`);
  const at = local.toZonedDateTime(zone, { disambiguation: 'compatible' });
  return { at: at.toPlainDate().toString() === date ? at.epochMilliseconds : null };
});

/**
 * The moment at which the clock in this zone shows this time (0 to 1439 minutes) on this date. A time that the clock
 * skips is as long after midnight as it would have been; one that it shows twice is the first. `null` where that
 * falls on another date: the zone has left out the whole date.
 */
export const instantOf = (zone: TimeZone, date: LocalDate, minute: number): Instant | null =>
  resolved(zone, dayNumber(date) * dayStride + minute).at;

/* No zone is further from UTC. */
const furthestMs = 15 * hourMs;

/** When the clock in this zone shows a time from `from` up to `to` (minutes, 0 to 1440) on this date: in order, and exact. */
export const spansOfWallTime = (zone: TimeZone, date: LocalDate, wall: Span): readonly Span[] => {
  const midnight = dayNumber(date) * dayMs;
  const spans: Span[] = [];
  for (let at = midnight - furthestMs; at < midnight + dayMs + furthestMs;) {
    const constant = constantAt(zone, at);
    const from = Math.max(constant.from, midnight + wall.from * minuteMs - constant.offsetMs);
    const to = Math.min(constant.to, midnight + wall.to * minuteMs - constant.offsetMs);
    if (from < to) spans.push({ from, to });
    at = constant.to;
  }
  return spans;
};
