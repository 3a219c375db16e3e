import type { z } from 'zod';
import type { DecodeCode, FutureCode } from './failure-codes';

/**
 * Why a record could not be read. `poison` will never become readable. `future` was written by a later release, which
 * can read it: it must wait, and never be put aside.
 */
export type DecodeError = {
  /** What is wrong and where, without the offending values: they may be personal. */
  readonly reason: string;
} & (
  | { readonly kind: 'poison'; readonly code: DecodeCode }
  | { readonly kind: 'future'; readonly code: FutureCode }
);

/** A refused record, as it stands in JSON, and what its schema says of it. */
type Refused = {
  readonly value: Readonly<Record<string, unknown>>;
  readonly issues: readonly z.core.$ZodIssue[];
};

const ourSchemaVersion = 1;
const typeName = /^[A-Z][A-Za-z0-9]{0,63}$/;
const name = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** Whether a record or an event could be of a type that a later release has. */
export const isTypeName = (type: string): boolean => typeName.test(type);

/** What keeps a record's head from being read: its type, or the version of its schema. */
export const headError = (
  { type, schemaVersion }: Readonly<Record<string, unknown>>,
  types: ReadonlySet<string>,
): DecodeError | undefined => {
  if (typeof type !== 'string' || !types.has(type))
    return {
      kind: typeof type === 'string' && typeName.test(type) ? 'future' : 'poison',
      code: 'UNKNOWN_TYPE',
      reason: `type is not one of ${[...types].join(', ')}`,
    };
  if (schemaVersion === ourSchemaVersion) return undefined;
  return {
    kind: Number.isInteger(schemaVersion) && Number(schemaVersion) > ourSchemaVersion ? 'future' : 'poison',
    code: 'UNKNOWN_SCHEMA_VERSION',
    reason: `schemaVersion is not ${ourSchemaVersion}`,
  };
};

/** What keeps a record of a known head from being read. One issue that no release would mend makes it poison. */
export const bodyError = ({ value, issues }: Refused): DecodeError => {
  const poison = issues.filter((issue) => !isNewName(issue, valueAt(value, issue.path)));
  return poison.length > 0
    ? { kind: 'poison', code: 'INVALID', reason: firstOf(poison) }
    : { kind: 'future', code: 'UNKNOWN_VALUE', reason: firstOf(issues) };
};

/** Whether a name that we do not know stands where we have a closed list of names. */
const isNewName = (issue: z.core.$ZodIssue, found: unknown): boolean => {
  if (typeof found !== 'string' || !name.test(found)) return false;
  if (issue.code === 'invalid_value') return issue.values.every((known) => typeof known === 'string');
  return issue.code === 'invalid_union' && issue.discriminator !== undefined;
};

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      inner !== null && typeof inner === 'object' && Object.hasOwn(inner, key)
        ? Reflect.get(inner, key)
        : undefined,
    value,
  );

const firstOf = (issues: readonly z.core.$ZodIssue[]): string =>
  issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join('.') || 'record'}: ${message}`)
    .join('; ');
