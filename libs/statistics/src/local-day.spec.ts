import { addDays, type LocalDate } from '@stopcovid/calendar';
import fc from 'fast-check';
import { isoWeekdayOf, isoWeekOf, monthOf } from './local-day';

const day = (text: string): LocalDate => text as LocalDate;

it.each([
  ['2027-01-01', '2026-W53'],
  ['2026-12-28', '2026-W53'],
  ['2027-01-04', '2027-W01'],
  ['2026-01-01', '2026-W01'],
  ['2025-12-29', '2026-W01'],
  ['2025-12-28', '2025-W52'],
  ['2024-12-30', '2025-W01'],
  ['2021-01-03', '2020-W53'],
  ['2020-02-29', '2020-W09'],
  ['1969-12-31', '1970-W01'],
])('%s is in week %s', (text, week) => expect(isoWeekOf(day(text))).toBe(week));

it.each([
  ['2026-03-08', 7],
  ['2026-03-09', 1],
  ['1969-12-31', 3],
])('%s is day %d of its week', (text, weekday) => expect(isoWeekdayOf(day(text))).toBe(weekday));

it('a date is in the month that it names', () => expect(monthOf(day('2026-03-08'))).toBe('2026-03'));

it('a week begins on every Monday and on no other day, and 4 January is in the first', () =>
  fc.assert(
    fc.property(fc.integer({ min: -20_000, max: 60_000 }), (days) => {
      const today = addDays(day('1970-01-01'), days);
      const begins = isoWeekOf(today) !== isoWeekOf(addDays(today, -1));
      expect(begins).toBe(isoWeekdayOf(today) === 1);
      const year = today.slice(0, 4);
      expect(isoWeekOf(day(`${year}-01-04`))).toBe(`${year}-W01`);
    }),
  ));
