import { rememberPairs } from './remember';
import type { LocalDate, TimeZone, Weekday } from './names';
import type { Place } from './place';
import { addDays, spansOfWallTime, wallClock, type Instant, type Span } from './temporal';
import { weekdayOf } from './text';

/** Minutes of a day, `[opens, closes)`. One that closes before it opens goes on into the next date. */
export type DeliveryWindow = { readonly opens: number; readonly closes: number };

/** When proactive texts may come. A window belongs to the date on which it opens; nothing comes on a blackout date. */
export type DeliveryHours = {
  readonly windows: Readonly<Partial<Record<Weekday, DeliveryWindow>>>;
  readonly blackoutDates: ReadonlySet<LocalDate>;
  readonly start: LocalDate | null;
  readonly end: LocalDate | null;
};

const midnight = 1440;

export const wraps = ({ opens, closes }: DeliveryWindow): boolean => closes < opens;

/** Why nothing is delivered on a date, if so. */
export type ClosedDate = 'notADeliveryDay' | 'blackout' | 'beforeStart' | 'ended';

const outside = ({ blackoutDates, start, end }: DeliveryHours, date: LocalDate): ClosedDate | undefined => {
  if (start !== null && date < start) return 'beforeStart';
  if (end !== null && date > end) return 'ended';
  return blackoutDates.has(date) ? 'blackout' : undefined;
};

/** Why no window opens on this date; `undefined` where one does. */
export const closedOn = (hours: DeliveryHours, date: LocalDate): ClosedDate | undefined =>
  outside(hours, date) ?? (hours.windows[weekdayOf(date)] === undefined ? 'notADeliveryDay' : undefined);

/** The minutes of this date that are inside: what is left of yesterday's window, then today's. */
const minutesOn = (hours: DeliveryHours, date: LocalDate): readonly Span[] => {
  if (outside(hours, date) !== undefined) return [];
  const yesterday = addDays(date, -1);
  const last = closedOn(hours, yesterday) === undefined ? hours.windows[weekdayOf(yesterday)] : undefined;
  const today = hours.windows[weekdayOf(date)];
  return [
    ...(last !== undefined && wraps(last) ? [{ from: 0, to: last.closes }] : []),
    ...(today !== undefined ? [{ from: today.opens, to: wraps(today) ? midnight : today.closes }] : []),
  ];
};

const joined = (spans: readonly Span[]): readonly Span[] =>
  [...spans]
    .sort((one, other) => one.from - other.from)
    .reduce<readonly Span[]>((done, span) => {
      const last = done.at(-1);
      if (last === undefined || span.from > last.to) return [...done, span];
      return [...done.slice(0, -1), { from: last.from, to: Math.max(last.to, span.to) }];
    }, []);

const zoneSpans = (hours: DeliveryHours, zone: TimeZone, date: LocalDate): readonly Span[] =>
  joined(minutesOn(hours, date).flatMap((wall) => spansOfWallTime(zone, date, wall)));

const common = (some: readonly Span[], others: readonly Span[]): readonly Span[] =>
  joined(
    some.flatMap((one) =>
      others
        .map((other) => ({ from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) }))
        .filter(({ from, to }) => from < to),
    ),
  );

/** What is inside in every zone of the place, on this date of its first zone. */
const placeSpans = (
  hours: DeliveryHours,
  { zones: [first, ...others] }: Place,
  date: LocalDate,
): readonly Span[] =>
  others.reduce(
    (spans, zone) =>
      common(spans, joined([-1, 0, 1].flatMap((days) => zoneSpans(hours, zone, addDays(date, days))))),
    zoneSpans(hours, first, date),
  );

type SpansOf = (place: Place, date: LocalDate) => readonly Span[];

const rememberedSpans = (hours: DeliveryHours): SpansOf => {
  const places = new Map<string, Place>();
  const spans = rememberPairs(5_000, (name, date: LocalDate) => {
    const place = places.get(name);
    return place === undefined ? [] : placeSpans(hours, place, date);
  });
  return (place, date) => {
    if (!places.has(place.name)) places.set(place.name, place);
    return spans(place.name, date);
  };
};

const ofHours = new WeakMap<DeliveryHours, SpansOf>();

/** The pieces of this local date that are inside the window: in order, apart, perhaps none. */
export const deliverySpans = (hours: DeliveryHours, place: Place, date: LocalDate): readonly Span[] => {
  const known = ofHours.get(hours);
  if (known !== undefined) return known(place, date);
  const made = rememberedSpans(hours);
  ofHours.set(hours, made);
  return made(place, date);
};

/* Further ahead nothing is looked for: a schedule that opens on no day of a year has ended. */
const horizonDays = 400;

/** A moment inside the window, and the piece of the window that it is in. A piece ends at midnight at the latest. */
export type Opening = { readonly at: Instant; readonly window: Span };

/** The first opening from `at` on. `null` if there is none within 400 days. */
export const nextOpening = (hours: DeliveryHours, place: Place, at: Instant): Opening | null => {
  const today = wallClock(place.zones[0], at).date;
  for (let days = 0; days <= horizonDays; days += 1) {
    const date = days === 0 ? today : addDays(today, days);
    const window = deliverySpans(hours, place, date).find(({ to }) => at < to);
    if (window !== undefined) return { at: Math.max(at, window.from), window };
  }
  return null;
};
