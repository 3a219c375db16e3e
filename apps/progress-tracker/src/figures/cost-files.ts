import { integer, number, words, type Column } from '../files/columns';
import type { List } from '../files/list-file';
import type { CostLine, Costs, CostTable } from './cost-table';
import { groupColumns, knownAt, rowsOf } from './figure-files';
import type { TextGrouping } from './lines';

/* Amounts of two currencies are no number: then both are named, and JSON has the amounts. */
const amountIn = ({ billed }: Costs): number | null =>
  billed.length === 1 ? (billed[0]?.amount ?? null) : null;

const columns: readonly Column<CostTable['total']>[] = [
  integer('messages', ({ messages }) => messages),
  integer('segments', ({ segments }) => segments),
  integer('unmeasured', ({ unmeasured }) => unmeasured),
  number('cost', ({ cost }) => cost),
  number('billed', amountIn),
  words('billedCurrency', ({ billed }) => billed.map(({ currency }) => currency).join(' ') || null),
  integer('billedMessages', ({ billed }) => billed.reduce((sum, { messages }) => sum + messages, 0)),
  integer('completed', ({ completed }) => completed),
  number('perCompleted', ({ perCompleted }) => perCompleted),
];

/** What texts came to, as a list. */
export const costList = (table: CostTable, by: readonly TextGrouping[], asOf: Date): List<CostLine> => ({
  name: 'cost',
  asOf,
  rows: rowsOf(table, by),
  columns: [...groupColumns(by), ...columns, knownAt(asOf)],
});
