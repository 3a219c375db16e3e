import { decodeBatch, decodeKeyed, type DecodedBatch } from '@stopcovid/contracts';
import { deadLetter, type LogRecord, type Outcome } from '@stopcovid/kafka';

/** A record of the events' topic, read: a batch, or what becomes of a record that never will be one. */
export type ReadRecord =
  | { readonly ok: true; readonly batch: DecodedBatch }
  | { readonly ok: false; readonly outcome: Outcome };

/** Reads one record. */
export const readBatch = (record: LogRecord): ReadRecord => {
  const read = decodeKeyed(record, decodeBatch);
  return read.ok
    ? { ok: true, batch: read.value }
    : { ok: false, outcome: deadLetter(read.error.code, read.error.reason) };
};
