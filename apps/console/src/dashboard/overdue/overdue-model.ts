import type { OverdueAnswer, OverdueRun } from '../answers';
import type { Table } from '../charts/table';
import { counted, duration, longDay, readable } from '../words';

/** Who is overdue, in a sentence. */
export const overdueSentence = ({ items, nextCursor }: OverdueAnswer, isFirst: boolean): string => {
  if (items.length === 0) return isFirst ? 'Nobody is overdue.' : 'That was the last page.';
  const drills = counted(items.length, 'drill');
  const more = nextCursor === undefined ? '' : ', and there are more';
  return isFirst
    ? `${drills} still open after their day${more}. The longest overdue come first.`
    : `${drills} on this page${more}.`;
};

/** Since when the question has been open, and whether a reminder came. */
export const openWords = ({ open: { openHours, remindedAt } }: OverdueRun): string =>
  `${duration(openHours * 3600)}${remindedAt === undefined ? '' : ', reminded'}`;

/** The list as it is shown. */
export const overdueTable = ({ items }: OverdueAnswer): Table => ({
  name: 'overdue',
  columns: ['Phone', 'Employer', 'Unit', 'Drill', 'Due', 'Days late', 'Open question', 'Open for'],
  rows: items.map((run) => [
    run.phone,
    run.employerId ?? null,
    run.unitId ?? null,
    readable(run.drill),
    longDay(run.dueOn),
    run.daysLate,
    readable(run.open.prompt),
    openWords(run),
  ]),
});
