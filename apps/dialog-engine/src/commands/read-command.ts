import {
  decodeCommand,
  decodeKeyed,
  type DialogCommand,
  type KeyedError,
  type Phone,
} from '@stopcovid/contracts';

/**
 * A record of the commands' topic, read: a command, one of a later release that has to wait for it, or one that never
 * will be a command.
 */
export type ReadCommand =
  | { readonly kind: 'command'; readonly phone: Phone; readonly command: DialogCommand }
  | KeyedError;

/** Reads one record. */
export const readCommand = (record: {
  readonly key: string | null;
  readonly value: Uint8Array | null;
}): ReadCommand => {
  const read = decodeKeyed(record, decodeCommand);
  return read.ok ? { kind: 'command', phone: read.value.phone, command: read.value } : read.error;
};
