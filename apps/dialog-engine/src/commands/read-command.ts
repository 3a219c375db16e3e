import { decodeCommand, type DialogCommand } from '@stopcovid/contracts';
import { deadLetter, type LogRecord, type Outcome } from '@stopcovid/kafka';

/** A record of the commands' topic, read: a command, or what becomes of a record that never will be one. */
export type ReadCommand =
  { readonly ok: true; readonly command: DialogCommand } | { readonly ok: false; readonly outcome: Outcome };

const poison = (code: string, reason: string): ReadCommand => ({
  ok: false,
  outcome: deadLetter(code, reason),
});

/** Reads one record. Its key must be the command's phone: order, and who owns the phone, hang on it. */
export const readCommand = ({ key, value }: LogRecord): ReadCommand => {
  if (value === null) return poison('VALUE_MISSING', 'the record has no value');
  if (key === null) return poison('KEY_MISSING', 'the record has no key');
  const decoded = decodeCommand(value);
  if (!decoded.ok) return poison(decoded.error.code, decoded.error.reason);
  if (decoded.value.phone !== key)
    return poison('KEY_MISMATCH', "the record's key is not the command's phone");
  return { ok: true, command: decoded.value };
};
