import { deadLetterHeaders, type LogRecord } from '@stopcovid/kafka';
import { maskPhone } from '@stopcovid/runtime';
import { ageOf, tableOf } from './table';
import { originOf, type Bound } from './typed';

/** What is listed of a dead letter: everything but its body. */
export type DeadLetterRow = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** Where the record stood, as far as its headers say. */
  readonly origin: { readonly topic: string; readonly partition?: number; readonly offset?: string };
  readonly group: string;
  readonly code: string;
  readonly reason: string;
  readonly attempts: number;
  /** When it was put aside, in milliseconds since 1970. */
  readonly at: number;
  readonly key: string | null;
};

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;

/** The row of a record of dead letters; what its headers lack, it leaves out. */
export const rowOf = ({ topic, partition, offset, headers, timestamp, key }: LogRecord): DeadLetterRow => {
  const originPartition = wholeNumber(headers[deadLetterHeaders.partition]);
  const originOffset = headers[deadLetterHeaders.offset];
  return {
    topic,
    partition,
    offset,
    origin: {
      topic: originOf(topic),
      ...(originPartition === undefined ? {} : { partition: originPartition }),
      ...(originOffset === undefined ? {} : { offset: originOffset }),
    },
    group: headers[deadLetterHeaders.group] ?? '',
    code: headers[deadLetterHeaders.code] ?? 'NO_CODE',
    reason: headers[deadLetterHeaders.reason] ?? '',
    attempts: wholeNumber(headers[deadLetterHeaders.attempts]) ?? 0,
    at: timestamp,
    key,
  };
};

/** Which dead letters are meant; what is left out does not narrow. */
export type Selection = {
  readonly partition?: number;
  readonly from?: Bound;
  readonly to?: Bound;
  readonly code?: string;
  readonly phone?: string;
};

const isBefore = (row: DeadLetterRow, bound: Bound): boolean => {
  switch (bound.kind) {
    case 'offset':
      return BigInt(row.offset) < bound.offset;
    case 'time':
      return row.at < bound.ms;
  }
};

const isAfter = (row: DeadLetterRow, bound: Bound): boolean => {
  switch (bound.kind) {
    case 'offset':
      return BigInt(row.offset) > bound.offset;
    case 'time':
      return row.at > bound.ms;
  }
};

/** Is this one of those that are meant? */
export const isMeant = (row: DeadLetterRow, { partition, from, to, code, phone }: Selection): boolean =>
  (partition === undefined || row.partition === partition) &&
  (from === undefined || !isBefore(row, from)) &&
  (to === undefined || !isAfter(row, to)) &&
  (code === undefined || row.code === code.toUpperCase()) &&
  (phone === undefined || row.key === phone);

/** The oldest first; in the order of their places where the times are equal. */
export const inOrderOfTime = (rows: readonly DeadLetterRow[]): readonly DeadLetterRow[] =>
  [...rows].sort(
    (a, b) =>
      a.at - b.at ||
      a.topic.localeCompare(b.topic) ||
      a.partition - b.partition ||
      Number(BigInt(a.offset) - BigInt(b.offset)),
  );

/** Names a dead letter for ever, also when its topic is made anew. */
export const letterId = ({ topic, partition, offset, at }: DeadLetterRow): string =>
  `${topic}/${partition}/${offset}@${at}`;

const shownKey = (key: string | null, full: boolean): string => {
  if (key === null) return '(none)';
  return full ? key : maskPhone(key);
};

const headings = ['topic', 'p', 'offset', 'from', 'code', 'tries', 'age', 'phone', 'done', 'reason'];

export type RowPrint = { readonly now: number; readonly full: boolean; readonly done: ReadonlySet<string> };

/** The rows as a table. */
export const tableOfRows = (
  rows: readonly DeadLetterRow[],
  { now, full, done }: RowPrint,
): readonly string[] =>
  tableOf(
    headings,
    rows.map((row) => [
      row.topic,
      String(row.partition),
      row.offset,
      `${row.origin.partition ?? '?'}/${row.origin.offset ?? '?'}`,
      row.code,
      String(row.attempts),
      ageOf(now - row.at),
      shownKey(row.key, full),
      done.has(letterId(row)) ? 'yes' : '',
      row.reason.replaceAll(/\s+/g, ' '),
    ]),
  );

/** A row as one line of JSON. */
export const jsonOfRow = (row: DeadLetterRow, { full, done }: RowPrint): string =>
  JSON.stringify({
    ...row,
    at: new Date(row.at).toISOString(),
    key: row.key === null || full ? row.key : maskPhone(row.key),
    redriven: done.has(letterId(row)),
  });

/** How many there are of each code, the most frequent first. */
export const countsOf = (rows: readonly DeadLetterRow[]): readonly (readonly [string, number])[] => {
  const counts = new Map<string, number>();
  for (const { code } of rows) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, more]) => more - many || a.localeCompare(b));
};

/** The counts in one sentence. */
export const countsSaid = (rows: readonly DeadLetterRow[]): string =>
  `${rows.length} dead letter${rows.length === 1 ? '' : 's'}` +
  (rows.length === 0
    ? ''
    : `: ${countsOf(rows)
        .map(([code, count]) => `${count} ${code}`)
        .join(', ')}`);
