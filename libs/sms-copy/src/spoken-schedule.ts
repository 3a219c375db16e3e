import type { Language, Profile } from '@stopcovid/contracts';
import { valueIn } from './body';
import { plainSigns } from './gsm-substitutes';
import type { Copy } from './sentences';
import type { scheduleVariables } from './template';

type Spoken = Readonly<Record<(typeof scheduleVariables)[number], string>>;
type Days = NonNullable<Profile['deliveryDays']>;

/** What somebody said of their schedule, in words of a language; `as usual` where they said nothing. */
export const spokenSchedule = (
  { deliveryDays, preferredTime, timeZone }: Profile,
  language: Language,
  copy: Copy,
): Spoken => ({
  deliveryDays: deliveryDays === undefined ? copy.asUsual : daysIn(deliveryDays, language, copy),
  preferredTime: preferredTime === undefined ? copy.asUsual : timeIn(preferredTime, language, copy),
  timeZone: timeZone === undefined ? copy.asUsual : zoneIn(timeZone, language),
});

const week: Days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const dayMs = 24 * 60 * 60 * 1_000;
/** A Monday, in milliseconds after 1970. */
const someMonday = 4 * dayMs;

const dayName = (day: Days[number], language: Language): string =>
  new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(
    someMonday + week.indexOf(day) * dayMs,
  );

/** `Monday - Friday` for three or more that follow one another, else each by its name. */
const daysIn = (days: Days, language: Language, copy: Copy): string => {
  const inOrder = week.filter((day) => days.includes(day));
  if (inOrder.length === week.length) return copy.everyDay;
  const names = inOrder.map((day) => dayName(day, language));
  return plainSigns(
    inOrder.length > 2 && week.join().includes(inOrder.join())
      ? `${names[0] ?? ''} - ${names.at(-1) ?? ''}`
      : new Intl.ListFormat(language).format(names),
  );
};

/** `7:30 PM` in English, elsewhere `19:30`. */
const timeIn = (time: string, language: Language, copy: Copy): string => {
  if (time === 'any') return copy.anyTime;
  if (language !== 'en') return time;
  const [hour = '', minutes = ''] = time.split(':');
  return `${Number(hour) % 12 || 12}:${minutes} ${Number(hour) < 12 ? 'AM' : 'PM'}`;
};

/** What people call the time there; the zone's own name where the language has no word for it, or nobody knows the zone. */
const zoneIn = (timeZone: string, language: Language): string => {
  const called = isZone(timeZone) ? calledIn(timeZone, language) : undefined;
  return called === undefined || /\d/.test(called) ? valueIn(timeZone) : plainSigns(called);
};

const calledIn = (timeZone: string, language: Language): string | undefined =>
  new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'longGeneric' })
    .formatToParts(0)
    .find(({ type }) => type === 'timeZoneName')?.value;

const isZone = (timeZone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }) !== undefined;
  } catch {
    return false;
  }
};
