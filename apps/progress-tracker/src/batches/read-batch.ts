import { decodeBatch, type DecodedBatch } from '@stopcovid/contracts';
import { deadLetter, type LogRecord, type Outcome } from '@stopcovid/kafka';

/** A record of the events' topic, read: a batch, or what becomes of a record that never will be one. */
export type ReadRecord =
  { readonly ok: true; readonly batch: DecodedBatch } | { readonly ok: false; readonly outcome: Outcome };

const poison = (code: string, reason: string): ReadRecord => ({
  ok: false,
  outcome: deadLetter(code, reason),
});

/** Reads one record. Its key must be the batch's phone: order hangs on it. */
export const readBatch = ({ key, value }: LogRecord): ReadRecord => {
  if (value === null) return poison('VALUE_MISSING', 'the record has no value');
  if (key === null) return poison('KEY_MISSING', 'the record has no key');
  const decoded = decodeBatch(value);
  if (!decoded.ok) return poison(decoded.error.code, decoded.error.reason);
  if (decoded.value.phone !== key) return poison('KEY_MISMATCH', "the record's key is not the batch's phone");
  return { ok: true, batch: decoded.value };
};
