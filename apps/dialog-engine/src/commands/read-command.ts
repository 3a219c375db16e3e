import { decodeCommand, decodeKeyed, type DialogCommand } from '@stopcovid/contracts';
import { deadLetter, type LogRecord, type Outcome } from '@stopcovid/kafka';

/** A record of the commands' topic, read: a command, or what becomes of a record that never will be one. */
export type ReadCommand =
  { readonly ok: true; readonly command: DialogCommand } | { readonly ok: false; readonly outcome: Outcome };

/** Reads one record. */
export const readCommand = (record: LogRecord): ReadCommand => {
  const read = decodeKeyed(record, decodeCommand);
  return read.ok
    ? { ok: true, command: read.value }
    : { ok: false, outcome: deadLetter(read.error.code, read.error.reason) };
};
