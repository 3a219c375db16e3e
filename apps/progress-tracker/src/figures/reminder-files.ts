import { integer, number, share } from '../files/columns';
import type { List } from '../files/list-file';
import { groupColumns, knownAt, rowsOf } from './figure-files';
import type { Grouping } from './lines';
import type { ReminderLine, ReminderTable } from './reminder-table';

type Total = ReminderTable['total'];

/** What reminders did, as a list. */
export const reminderList = (
  table: ReminderTable,
  by: readonly Grouping[],
  asOf: Date,
): List<ReminderLine> => ({
  name: 'reminders',
  asOf,
  rows: rowsOf(table, by),
  columns: [
    ...groupColumns(by),
    integer('sent', ({ sent }) => sent),
    ...share<Total>('reminded', ({ reminded }) => reminded),
    ...share<Total>('afterFirst', ({ afterFirst }) => afterFirst),
    ...share<Total>('afterSecond', ({ afterSecond }) => afterSecond),
    ...share<Total>('afterThird', ({ afterThird }) => afterThird),
    ...share<Total>('rescued', ({ rescued }) => rescued),
    number('medianHours', ({ medianHours }) => medianHours),
    ...share<Total>('optedOut', ({ optedOut }) => optedOut),
    knownAt(asOf),
  ],
});
