import { addDays, dayNumber, weekdayOf, weekdays, type LocalDate } from '@stopcovid/calendar';

/** The month of a date, `YYYY-MM`. */
export const monthOf = (day: LocalDate): string => day.slice(0, 7);

/** The day of the week as ISO 8601 numbers it: Monday is 1, Sunday 7. */
export const isoWeekdayOf = (day: LocalDate): number => weekdays.indexOf(weekdayOf(day)) + 1;

/** The week of a date by ISO 8601, `YYYY-Www`: it belongs to the year that has its Thursday. */
export const isoWeekOf = (day: LocalDate): string => {
  const thursday = addDays(day, 4 - isoWeekdayOf(day));
  const year = thursday.slice(0, 4);
  const days = dayNumber(thursday) - dayNumber(`${year}-01-01` as LocalDate);
  return `${year}-W${`${Math.floor(days / 7) + 1}`.padStart(2, '0')}`;
};
