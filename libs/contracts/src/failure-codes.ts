/**
 * Why a record of a topic cannot be taken, each once, and whether a later release might: such a record waits for it, all
 * others are put aside. `docs/errors.md` has the same ones.
 */
type Unreadable = {
  NOT_JSON: 'never';
  UNKNOWN_TYPE: 'a later release might';
  UNKNOWN_SCHEMA_VERSION: 'a later release might';
  UNKNOWN_VALUE: 'a later release might';
  INVALID: 'never';
  VALUE_MISSING: 'never';
  KEY_MISSING: 'never';
  KEY_MISMATCH: 'never';
};

/** Of a record that cannot be taken. */
export type UnreadableCode = keyof Unreadable;
/** Of a record that waits. A head that names nothing is poison under the same code. */
export type FutureCode = {
  [Code in UnreadableCode]: Unreadable[Code] extends 'never' ? never : Code;
}[UnreadableCode];
/** Of what the record itself says, whatever its key. */
export type DecodeCode = Exclude<UnreadableCode, 'VALUE_MISSING' | 'KEY_MISSING' | 'KEY_MISMATCH'>;
