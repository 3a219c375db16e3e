import { integer, number, type Column } from '../files/columns';
import type { List } from '../files/list-file';
import type { CostLine, CostTable } from './cost-table';
import { groupColumns, knownAt, rowsOf } from './figure-files';
import type { TextGrouping } from './lines';

const columns: readonly Column<CostTable['total']>[] = [
  integer('messages', ({ messages }) => messages),
  integer('segments', ({ segments }) => segments),
  integer('unmeasured', ({ unmeasured }) => unmeasured),
  number('cost', ({ cost }) => cost),
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
