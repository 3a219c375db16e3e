import type { Timestamp } from '@stopcovid/contracts';

/** A timestamp so that instants compare as strings do, however many digits their fractions have. */
const comparable = (at: Timestamp): string => {
  const [whole, fraction = ''] = at.slice(0, -1).split('.');
  return `${whole}.${fraction.replace(/(?<!0)0+$/, '')}`;
};

/** Whether one instant is earlier than another. */
export const isBefore = (at: Timestamp, other: Timestamp): boolean => comparable(at) < comparable(other);

/** Days since the first day of March of the year 0, of a date of the Gregorian calendar. */
const dayNumber = (year: number, month: number, day: number): number => {
  const since = month > 2 ? { years: year, months: month - 3 } : { years: year - 1, months: month + 9 };
  const leapDays =
    Math.floor(since.years / 4) - Math.floor(since.years / 100) + Math.floor(since.years / 400);
  return since.years * 365 + leapDays + Math.floor((153 * since.months + 2) / 5) + day - 1;
};

const secondsOf = (at: Timestamp): number => {
  const [date = '', time = ''] = at.slice(0, -1).split('T');
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return dayNumber(year, month, day) * 86_400 + hours * 3_600 + minutes * 60 + seconds;
};

/** How many seconds one instant is before another. */
export const secondsBetween = (at: Timestamp, later: Timestamp): number => secondsOf(later) - secondsOf(at);

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const daysIn = (year: number, month: number): number => {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
};

const written = (parts: readonly number[]): string =>
  parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join('-');

const dayAfter = (date: string): string => {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  if (day < daysIn(year, month)) return written([year, month, day + 1]);
  return written(month < 12 ? [year, month + 1, 1] : [year + 1, 1, 1]);
};

/** The hour in UTC at which the first place on earth, 14 hours ahead, begins its next day. */
const firstMidnight = 10;

/** Whether a date, `YYYY-MM-DD`, has begun somewhere on earth. */
export const hasBegunSomewhere = (date: string, at: Timestamp): boolean => {
  const [today = '', time = ''] = at.split('T');
  return date <= (Number(time.slice(0, 2)) < firstMidnight ? today : dayAfter(today));
};
