import { weekdays, type LocalDate, type Parsed, type Weekday } from './names';
import { dateExists, dayNumber } from './temporal';

const read = <Value>(value: Value): Parsed<Value> => ({ ok: true, value });
const wrong = (problem: string): Parsed<never> => ({ ok: false, problem });

const timePattern = /^([01]\d|2[0-4]):([0-5]\d)$/;

/** Minutes since midnight of a time on a 24-hour clock: `"19:30"`. `24:00` is the end of the day. */
export const parseTime = (text: string): Parsed<number> => {
  const [, hours, minutes] = timePattern.exec(text) ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  if (hours !== undefined && minute <= 1440) return read(minute);
  return wrong(
    `'${text}' is not a time: write hours and minutes of a 24-hour clock, such as "09:00" or "19:30"`,
  );
};

/** A date that the calendar has, written year first: `2026-12-25`. */
export const parseDate = (text: string): Parsed<LocalDate> => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    return wrong(`'${text}' is not a date: write year, month and day, such as 2026-12-25`);
  }
  return dateExists(text) ? read(text as LocalDate) : wrong(`there is no ${text} in the calendar`);
};

/** 1970-01-01 was a Thursday. */
const thursday = 3;

export const weekdayOf = (date: LocalDate): Weekday => {
  const index = (((dayNumber(date) + thursday) % 7) + 7) % 7;
  return weekdays[index] ?? 'mon';
};
