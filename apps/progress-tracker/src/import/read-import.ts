import type { Phone } from '@stopcovid/contracts';
import { columnOf, csvRows, NotATable, type CsvRow } from './csv-rows';
import { columns, datePrefix, readTraineeRow, required, type RowRules, type TraineeRow } from './trainee-row';

/** A row that cannot be taken, as it came, with all that is wrong with it. */
export type Reject = {
  readonly line: number;
  readonly cells: CsvRow['cells'];
  readonly problems: readonly string[];
};
export type ImportedRow =
  | ({ readonly ok: true; readonly row: TraineeRow } & Omit<Reject, 'problems'>)
  | ({ readonly ok: false } & Reject);

const known: ReadonlySet<string> = new Set(columns);

/** Throws when a column is missing without which no row can be taken, or when one has a name that nobody reads. */
const checkHeadings = ({ cells }: CsvRow): void => {
  const present = new Set(Object.keys(cells).map(columnOf));
  const missing = required.filter((column) => !present.has(column));
  if (missing.length > 0) throw new NotATable(`it has no column ${missing.join(', ')}`);
  const strange = Object.keys(cells).filter(
    (column) =>
      column.trim() !== '' &&
      column === columnOf(column) &&
      !known.has(column) &&
      !column.startsWith(datePrefix),
  );
  if (strange.length > 0)
    throw new NotATable(
      `nobody reads the column ${strange.join(', ')}; there are ${columns.join(', ')} and ${datePrefix}NAME`,
    );
};

/**
 * Reads a file of trainees, one row at a time: rows to take, and rows that cannot be taken with their reasons. A phone
 * that stands twice is taken once. Throws `NotATable` before the first row when the file itself cannot be used, and
 * amid it where the text breaks off.
 */
export async function* readImport(
  bytes: AsyncIterable<Buffer>,
  rules: RowRules,
): AsyncGenerator<ImportedRow> {
  const lines = new Map<Phone, number>();
  let checked = false;
  for await (const csv of csvRows(bytes)) {
    if (!checked) checkHeadings(csv);
    checked = true;
    yield importedRow(csv, rules, lines);
  }
}

const importedRow = (csv: CsvRow, rules: RowRules, lines: Map<Phone, number>): ImportedRow => {
  const read = readTraineeRow(csv, rules);
  if (!read.ok) return { ok: false, ...csv, problems: read.problems };
  const before = lines.get(read.row.phone);
  if (before !== undefined)
    return { ok: false, ...csv, problems: [`phone: stands on line ${before} already`] };
  lines.set(read.row.phone, csv.line);
  return { ok: true, ...csv, row: read.row };
};
