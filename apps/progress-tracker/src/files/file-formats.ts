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

/** The same text in fewer pieces. */
async function* inChunks(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = '';
  for await (const piece of pieces) {
    chunk += piece;
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
  csv: {
    mediaType: 'text/csv',
    contentType: 'text/csv; charset=utf-8; header=present',
    write: (sheet, options) => inChunks(csv(sheet, options)),
  },
  ndjson: {
    mediaType: 'application/x-ndjson',
    contentType: 'application/x-ndjson',
    write: (sheet) => inChunks(ndjson(sheet)),
  },
  parquet: {
    mediaType: 'application/vnd.apache.parquet',
    contentType: 'application/vnd.apache.parquet',
    write: parquet,
  },
} as const satisfies Readonly<Record<string, FileFormat>>;
export type FileFormatName = keyof typeof fileFormats;
