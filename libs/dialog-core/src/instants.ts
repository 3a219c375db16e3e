import type { Timestamp } from '@stopcovid/contracts';

/** A timestamp so that instants compare as strings do, however many digits their fractions have. */
const comparable = (at: Timestamp): string => {
  const [whole, fraction = ''] = at.slice(0, -1).split('.');
  return `${whole}.${fraction.replace(/0+$/, '')}`;
};

/** Whether one instant is earlier than another. */
export const isBefore = (at: Timestamp, other: Timestamp): boolean => comparable(at) < comparable(other);

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
