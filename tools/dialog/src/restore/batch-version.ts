import { decodeBatch, decodeKeyed, mayBegin } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';

/** The fields before the version, each a plain text or number: as the engine writes them, they take no more than this. */
const headBytes = 512;
const head = /^\{(?:"[^"\\]*":(?:"[^"\\]*"|\d+),)*?"version":(\d+),/;
const closingBrace = 0x7d;

/* Of millions of batches most are only asked for their version: the head tells it in a hundredth of the time. */
const versionInHead = (value: Buffer): number | undefined => {
  if (value.at(-1) !== closingBrace) return undefined;
  const found = head.exec(value.toString('latin1', 0, headBytes));
  return found?.[1] === undefined ? undefined : Number(found[1]);
};

/** The version of a batch without a look at the rest of it; undefined where the record is no batch. */
export const versionIn = ({ value }: Pick<LogRecord, 'value'>): number | undefined => {
  if (value === null) return undefined;
  const told = versionInHead(value);
  if (told !== undefined) return told;
  try {
    const batch: unknown = JSON.parse(value.toString('utf8'));
    if (batch === null || typeof batch !== 'object' || !('version' in batch)) return undefined;
    return typeof batch.version === 'number' ? batch.version : undefined;
  } catch {
    return undefined;
  }
};

/** Whether the log of a phone may begin with this record. */
export const beginsPhone = (record: LogRecord): boolean => {
  const read = decodeKeyed(record, decodeBatch);
  return read.ok && mayBegin(read.value);
};
