import { createHash, timingSafeEqual } from 'node:crypto';

/** Who may ask, by name; only the hash of a key is kept. */
export type ApiKeys = readonly { readonly name: string; readonly sha256: Buffer }[];

const shortest = 16;
const hash = (key: string): Buffer => createHash('sha256').update(key).digest();

/**
 * Reads `name=key` pairs joined by commas; a key as `sha256:` and 64 hexadecimal digits is taken as a hash. Throws for
 * pairs without a name and for keys under 16 characters.
 */
export const parseApiKeys = (text: string): ApiKeys =>
  text
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [, name, key] = /^([\w-]{1,64})=(.+)$/.exec(pair) ?? [];
      if (name === undefined || key === undefined) throw new Error('takes name=key pairs joined by commas');
      const hashed = /^sha256:([0-9a-f]{64})$/.exec(key)?.[1];
      if (hashed === undefined && key.length < shortest)
        throw new Error(`the key of ${name} is under ${shortest} characters`);
      return { name, sha256: hashed === undefined ? hash(key) : Buffer.from(hashed, 'hex') };
    });

/** The name of the key in an `Authorization: Bearer` header, compared in constant time. */
export const nameOfKey = (keys: ApiKeys, authorization: string | undefined): string | undefined => {
  const [, given] = /^Bearer (\S{1,512})$/i.exec(authorization ?? '') ?? [];
  if (given === undefined) return undefined;
  const sha256 = hash(given);
  return keys.find((key) => timingSafeEqual(key.sha256, sha256))?.name;
};
