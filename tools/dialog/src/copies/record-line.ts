import { isUtf8 } from 'node:buffer';
import type { LogRecord } from '@stopcovid/kafka';
import { z } from 'zod';

/** A record without the place that its file has: `value` as text, or in Base64 where it is no UTF-8. */
const lineSchema = z.strictObject({
  offset: z.string().regex(/^\d+$/),
  timestamp: z.int(),
  key: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
  value: z.string().nullable().exactOptional(),
  base64: z.base64().exactOptional(),
});

export type CopyOfRecord = Pick<LogRecord, 'offset' | 'timestamp' | 'key' | 'headers' | 'value'>;

const valueOf = (value: Buffer | null): { value: string | null } | { base64: string } => {
  if (value === null) return { value };
  return isUtf8(value) ? { value: value.toString('utf8') } : { base64: value.toString('base64') };
};

/** The record as one line of JSON, with its end of line. */
export const lineOf = ({ offset, timestamp, key, headers, value }: CopyOfRecord): string =>
  `${JSON.stringify({ offset, timestamp, key, headers, ...valueOf(value) })}\n`;

/** The record that a line holds. Throws what is wrong with the line, without what it says. */
export const recordIn = (line: string): CopyOfRecord => {
  const { value, base64, ...rest } = lineSchema.parse(JSON.parse(line));
  if ((value === undefined) === (base64 === undefined)) throw new Error('it has not one value');
  if (base64 !== undefined) return { ...rest, value: Buffer.from(base64, 'base64') };
  return { ...rest, value: value === null || value === undefined ? null : Buffer.from(value) };
};
