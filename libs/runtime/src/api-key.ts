import { createHash, timingSafeEqual } from 'node:crypto';
import { ValidateBy } from 'class-validator';
import { Secret } from './secret';

/** Who may ask, by name; only the hash of a key is kept. */
export type ApiKeys = readonly { readonly name: string; readonly sha256: Buffer }[];

const shortest = 16;

/** What is kept of a key. */
export const hashOfKey = (key: string): Buffer => createHash('sha256').update(key).digest();

const parsePair = (pair: string): ApiKeys[number] => {
  const [, name, key] = /^([\w-]{1,64})=(\S{1,512})$/.exec(pair) ?? [];
  if (name === undefined || key === undefined) throw new Error('takes name=key pairs with commas between');
  const hashed = /^sha256:([0-9a-f]{64})$/.exec(key)?.[1];
  if (hashed !== undefined) return { name, sha256: Buffer.from(hashed, 'hex') };
  if (key.length < shortest) throw new Error(`the key of ${name} is under ${shortest} characters`);
  return { name, sha256: hashOfKey(key) };
};

/**
 * Reads `name=key` pairs with commas between; a key as `sha256:` and 64 hexadecimal digits is taken as a hash. Throws
 * for pairs without a name, for keys under 16 characters, and when there is none at all.
 */
export const parseApiKeys = (text: string): ApiKeys => {
  const pairs = text
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '');
  if (pairs.length === 0) throw new Error('names nobody');
  return pairs.map(parsePair);
};

const areApiKeys = (text: string): boolean => {
  try {
    return parseApiKeys(text).length > 0;
  } catch {
    return false;
  }
};

/** Holds a secret of a configuration to be read by `parseApiKeys`. */
export const AreApiKeys = ValidateBy({
  name: 'apiKeys',
  validator: {
    validate: (value) => value instanceof Secret && areApiKeys(value.reveal()),
    defaultMessage: () =>
      'must be name=key pairs with commas between, each key at least 16 characters long or sha256: and its hash',
  },
});

/**
 * The key in an `Authorization: Bearer` header, among those whose hashes are known: each is compared in constant time, so
 * that what it takes says nothing of how close a guess came.
 */
export const heldKey = <T extends { readonly sha256: Buffer }>(
  keys: readonly T[],
  authorization: string | undefined,
): T | undefined => {
  const [, given] = /^Bearer (\S{1,512})$/i.exec(authorization ?? '') ?? [];
  if (given === undefined) return undefined;
  const sha256 = hashOfKey(given);
  return keys.find((key) => timingSafeEqual(key.sha256, sha256));
};
