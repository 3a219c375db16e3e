import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';

/** A row of a file: where it begins, counted from 1 with the heading, and its cells under their headings. */
export type CsvRow = { readonly line: number; readonly cells: Readonly<Record<string, string>> };

/** A file that is no table at all: nothing of it can be read. The message says why, and where. */
export class NotATable extends Error {
  override readonly name = 'NotATable';
}

const delimiters = [',', ';', '\t', '|'] as const;
const longestRow = 64 * 1_024;
const mostColumns = 200;

/** The delimiter that stands most often in the heading, outside of quotation marks. */
const delimiterOf = (heading: string): string => {
  const plain = heading.replace(/"[^"]*"/g, '');
  const counted = delimiters.map((each) => ({ each, times: plain.split(each).length }));
  return counted.reduce((most, next) => (next.times > most.times ? next : most)).each;
};

/** A heading as columns are looked up by it: `Time Zone` is `time_zone`. */
export const columnOf = (heading: string): string =>
  heading
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

const utf16 = (start: Buffer): boolean =>
  (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);

const headingsOf = (cells: readonly string[]): readonly string[] => {
  const headings = cells.map(columnOf);
  if (headings.length > mostColumns) throw new NotATable(`it has more than ${mostColumns} columns`);
  const twice = headings.find((heading, index) => heading !== '' && headings.indexOf(heading) !== index);
  if (twice !== undefined) throw new NotATable(`two columns are called ${twice}`);
  return headings;
};

const isBadEncoding = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';

async function* decoded(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (!isBadEncoding(error)) throw error;
    throw new NotATable('it is not UTF-8; save it as "CSV UTF-8"');
  }
}

/** The first line, however the bytes come, and all of the text once more. */
const withFirstLine = async (
  text: AsyncGenerator<string>,
): Promise<{ readonly first: string; readonly all: () => AsyncGenerator<string> }> => {
  let start = '';
  while (!/[\r\n]/.test(start) && start.length < longestRow) {
    const { done, value } = await text.next();
    if (done === true) break;
    start += value;
  }
  async function* all(): AsyncGenerator<string> {
    yield start;
    yield* text;
  }
  return { first: start.split(/[\r\n]/)[0] ?? '', all };
};

async function* feed(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of bytes) {
    if (first && utf16(chunk)) throw new NotATable('it is UTF-16; save it as "CSV UTF-8"');
    first = false;
    yield chunk;
  }
}

type Parsed = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

/**
 * Reads a table of comma, semicolon, tab or bar separated values with a heading, one row at a time: with or without a
 * BOM, with any ends of lines, with line breaks inside quotation marks. Throws `NotATable`.
 */
export async function* csvRows(bytes: AsyncIterable<Buffer>): AsyncGenerator<CsvRow> {
  const { first, all } = await withFirstLine(decoded(feed(bytes)));
  if (first.trim() === '') throw new NotATable('it is empty');
  const parser = parse({
    delimiter: delimiterOf(first),
    bom: true,
    info: true,
    trim: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
  });
  /* What is wrong with the text itself reaches whoever reads the rows. */
  pipeline(Readable.from(all()), parser, () => undefined);
  let headings: readonly string[] | undefined;
  let line = 1;
  try {
    for await (const parsed of parser) {
      const { record, info } = parsed as Parsed;
      if (headings === undefined) headings = headingsOf(record);
      else yield { line, cells: cellsOf(headings, record) };
      line = info.lines + 1;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new NotATable(error.message);
  } finally {
    parser.destroy();
  }
}

/** Cells beyond the headings are kept under a name that no column has, so that the row is refused and not cut. */
const cellsOf = (headings: readonly string[], record: readonly string[]): CsvRow['cells'] => {
  const cells = Object.fromEntries(headings.map((heading, index) => [heading, record[index] ?? '']));
  const beyond = record.slice(headings.length).filter((cell) => cell !== '');
  return beyond.length === 0 ? cells : { ...cells, [beyondHeadings]: beyond.join(' ') };
};

/** Where cells stand that no heading stands over. */
export const beyondHeadings = ' beyond the headings';
