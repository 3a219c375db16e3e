import type { Decoded, DecodeError } from './codec';

/** Why a record of a topic that is keyed by phone cannot be taken. All of these are poison. */
export type KeyedError = {
  readonly code: DecodeError['code'] | 'VALUE_MISSING' | 'KEY_MISSING' | 'KEY_MISMATCH';
  readonly reason: string;
};
export type Keyed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: KeyedError };

type KeyedRecord = { readonly key: string | null; readonly value: Uint8Array | null };

const failed = (code: KeyedError['code'], reason: string): { ok: false; error: KeyedError } => ({
  ok: false,
  error: { code, reason },
});

/** Reads a record by `decode`. Its key must be the phone that it speaks of: order, and who owns the phone, hang on it. */
export const decodeKeyed = <T extends { readonly phone: string }>(
  { key, value }: KeyedRecord,
  decode: (wire: Uint8Array) => Decoded<T>,
): Keyed<T> => {
  if (value === null) return failed('VALUE_MISSING', 'the record has no value');
  if (key === null) return failed('KEY_MISSING', 'the record has no key');
  const decoded = decode(value);
  if (!decoded.ok || decoded.value.phone === key) return decoded;
  return failed('KEY_MISMATCH', "the record's key is not the phone that it speaks of");
};
