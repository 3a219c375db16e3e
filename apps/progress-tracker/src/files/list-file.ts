import { Readable } from 'node:stream';
import { fileFormats } from './file-formats';
import type { Sheet } from './sheet';
import type { WantedFile } from './wanted';

type Parts = {
  readonly name: string;
  readonly contentType: string;
  readonly body: Readable;
  /** The rows so far, which are all of them at the end of the body. */
  readonly rows: () => number;
  /** Whether `rows` tells all of them before the body is read. */
  readonly isCounted: boolean;
  /** By what one knows that the body is whole, where it was made before: its length, and its hash, hexadecimal. */
  readonly whole?: { readonly bytes: number; readonly sha256: string };
};

/** A list as a file: what a route returns that sends one. */
export class ListFile {
  constructor(readonly parts: Parts) {}
}

/** What a list is called, and what is in it. An array is all there; anything else comes row by row. */
export type List<Row> = Pick<Sheet<Row>, 'columns'> & {
  readonly name: string;
  readonly rows: readonly Row[] | AsyncIterable<Row>;
  readonly asOf: Date;
};

type Begun<Row> = { readonly rows: AsyncIterable<Row>; readonly end: () => Promise<unknown> };

/**
 * The same rows, of which the first is read at once: who cannot have any learns it before an answer has begun. `end` ends
 * the query also where nobody has begun to read, which a generator is not told. `onRow` is called for each that is read.
 */
const begun = async <Row>(rows: AsyncIterable<Row>, onRow: () => void): Promise<Begun<Row>> => {
  const iterator = rows[Symbol.asyncIterator]();
  let pending: IteratorResult<Row> | undefined = await iterator.next();
  /* No generator, which takes as long over a row as half of its cells do. */
  const next = async (): Promise<IteratorResult<Row>> => {
    const read = pending ?? (await iterator.next());
    pending = undefined;
    if (read.done !== true) onRow();
    return read;
  };
  return { rows: { [Symbol.asyncIterator]: () => ({ next }) }, end: async () => iterator.return?.() };
};

async function* each<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}

const allOf = <Row>(rows: readonly Row[]): Begun<Row> => ({ rows: each(rows), end: () => Promise.resolve() });

const isThere = <Row>(rows: List<Row>['rows']): rows is readonly Row[] => Array.isArray(rows);

/**
 * A list written to a file as fast as it is read; nobody reading any more ends the query. Throws what the first row throws;
 * what a later one throws destroys the body, so that nobody takes it for whole.
 */
export const listFile = async <Row>(
  { name, columns, rows, asOf }: List<Row>,
  { format, bom }: WantedFile,
): Promise<ListFile> => {
  let written = isThere(rows) ? rows.length : 0;
  const { rows: source, end } = isThere(rows) ? allOf(rows) : await begun(rows, () => (written += 1));
  const { write, contentType } = fileFormats[format];
  const sheet = { columns, rows: source };
  const body = Readable.from(write(sheet, { bom }), { objectMode: false });
  /* What ending it throws is of a query that nobody asks any more. */
  body.once('close', () => void end().catch(() => undefined));
  return new ListFile({
    name: `${name}-${asOf.toISOString().slice(0, 10)}.${format}`,
    contentType,
    body,
    rows: () => written,
    isCounted: isThere(rows),
  });
};
