import type { Column } from './columns';
import { csvRow, harmless } from './csv-cells';
import { parquet } from './parquet';
import type { Sheet } from './sheet';

/** A way to write rows. `write` holds a few of them at a time. */
type FileFormat = {
  readonly mediaType: string;
  readonly contentType: string;
  readonly write: <Row>(
    sheet: Sheet<Row>,
    options: { readonly bom: boolean },
  ) => AsyncIterable<string | Uint8Array>;
};

const chunkChars = 64 * 1024;

type Lines<Row> = {
  readonly begin: string;
  readonly rows: AsyncIterable<Row>;
  readonly lineOf: (row: Row) => string;
};

/** A text of lines, in few pieces. */
async function* inChunks<Row>({ begin, rows, lineOf }: Lines<Row>): AsyncGenerator<string> {
  let chunk = begin;
  for await (const row of rows) {
    chunk += lineOf(row);
    if (chunk.length < chunkChars) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

const csvCell = <Row>({ kind, value }: Column<Row>, row: Row): string => {
  const cell = value(row) ?? '';
  if (cell instanceof Date) return cell.toISOString();
  return kind === 'words' ? harmless(String(cell)) : String(cell);
};

const csv = <Row>({ columns, rows }: Sheet<Row>, { bom }: { readonly bom: boolean }) =>
  inChunks({
    begin: `${bom ? '\uFEFF' : ''}${csvRow(columns.map(({ name }) => name))}`,
    rows,
    lineOf: (row) => csvRow(columns.map((column) => csvCell(column, row))),
  });

const ndjson = <Row>({ columns, rows }: Sheet<Row>) =>
  inChunks({
    begin: '',
    rows,
    lineOf: (row) =>
      `${JSON.stringify(Object.fromEntries(columns.map(({ name, value }) => [name, value(row) ?? null])))}\n`,
  });

/** The files that a list can be written to, by the names that `format` has for them. */
export const fileFormats = {
  csv: {
    mediaType: 'text/csv',
    contentType: 'text/csv; charset=utf-8; header=present',
    write: csv,
  },
  ndjson: {
    mediaType: 'application/x-ndjson',
    contentType: 'application/x-ndjson',
    write: ndjson,
  },
  parquet: {
    mediaType: 'application/vnd.apache.parquet',
    contentType: 'application/vnd.apache.parquet',
    write: parquet,
  },
} as const satisfies Readonly<Record<string, FileFormat>>;
export type FileFormatName = keyof typeof fileFormats;
