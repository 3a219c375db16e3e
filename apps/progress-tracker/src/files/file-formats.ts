import type { Column } from './columns';
import { csvRow, harmless } from './csv-cells';

/** Rows on their way into a file. Their columns are all that is known of them. */
export type Sheet<Row> = {
  readonly columns: readonly Column<Row>[];
  readonly rows: AsyncIterable<Row>;
};

/** A way to write rows. `write` holds a few of them at a time. */
type FileFormat = {
  readonly mediaType: string;
  readonly contentType: string;
  readonly write: <Row>(sheet: Sheet<Row>, options: { readonly bom: boolean }) => AsyncIterable<string>;
};

const csvCell = <Row>({ kind, value }: Column<Row>, row: Row): string => {
  const cell = value(row) ?? '';
  if (cell instanceof Date) return cell.toISOString();
  return kind === 'words' ? harmless(String(cell)) : String(cell);
};

async function* csv<Row>({ columns, rows }: Sheet<Row>, { bom }: { readonly bom: boolean }) {
  yield `${bom ? '\uFEFF' : ''}${csvRow(columns.map(({ name }) => name))}`;
  for await (const row of rows) yield csvRow(columns.map((column) => csvCell(column, row)));
}

async function* ndjson<Row>({ columns, rows }: Sheet<Row>) {
  for await (const row of rows)
    yield `${JSON.stringify(Object.fromEntries(columns.map(({ name, value }) => [name, value(row) ?? null])))}\n`;
}

/** The files that a list can be written to, by the names that `format` has for them. */
export const fileFormats = {
  csv: { mediaType: 'text/csv', contentType: 'text/csv; charset=utf-8; header=present', write: csv },
  ndjson: { mediaType: 'application/x-ndjson', contentType: 'application/x-ndjson', write: ndjson },
} as const satisfies Readonly<Record<string, FileFormat>>;
export type FileFormatName = keyof typeof fileFormats;
