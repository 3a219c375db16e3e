import type { Decoded } from './codec';
import type { FutureCode, UnreadableCode } from './failure-codes';
import { phoneSchema, type Phone } from './ids';
import type { DecodeError } from './refusal';

/** Why a record of a topic that is keyed by phone cannot be taken. One from the future still says whose it is. */
export type KeyedError =
  | {
      readonly kind: 'poison';
      readonly code: UnreadableCode;
      readonly reason: string;
    }
  | {
      readonly kind: 'future';
      readonly code: FutureCode;
      readonly reason: string;
      readonly phone: Phone;
    };
export type Keyed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: KeyedError };

type KeyedRecord = { readonly key: string | null; readonly value: Uint8Array | null };
type Poison = Extract<KeyedError, { kind: 'poison' }>;

const poison = (code: Poison['code'], reason: string): { ok: false; error: Poison } => ({
  ok: false,
  error: { kind: 'poison', code, reason },
});

/** Reads a record by `decode`. Its key must be the phone that it speaks of: order, and who owns the phone, hang on it. */
export const decodeKeyed = <T extends { readonly phone: string }>(
  { key, value }: KeyedRecord,
  decode: (wire: Uint8Array) => Decoded<T>,
): Keyed<T> => {
  if (value === null) return poison('VALUE_MISSING', 'the record has no value');
  if (key === null) return poison('KEY_MISSING', 'the record has no key');
  const decoded = decode(value);
  if (!decoded.ok) return refusedUnder(key, decoded.error);
  if (decoded.value.phone === key) return decoded;
  return poison('KEY_MISMATCH', "the record's key is not the phone that it speaks of");
};

const refusedUnder = (key: string, error: DecodeError): { ok: false; error: KeyedError } => {
  if (error.kind === 'poison') return poison(error.code, error.reason);
  const phone = phoneSchema.safeParse(key);
  if (!phone.success) return poison('KEY_MISMATCH', "the record's key is not a phone number in E.164");
  return { ok: false, error: { ...error, phone: phone.data } };
};
