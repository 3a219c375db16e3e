import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import type { Secret } from '@stopcovid/runtime';
import { SignJWT } from 'jose';
import type { NameRecord } from './decide-record';

/** A public key as the key set shows it. `kid` is where it is shown alone. */
export type PublicKey = {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly alg: 'EdDSA';
  readonly use: 'sig';
  readonly kid: string;
};

/** Signs what records say, and shows by which keys that is verified. */
export type Signer = {
  /** The same claims are always signed alike. */
  readonly sign: (claims: Readonly<Record<string, unknown>>) => Promise<string>;
  /** The present key first, then those that signed before. */
  readonly keys: readonly PublicKey[];
};

const ed25519 = (key: KeyObject): KeyObject => {
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('it is no Ed25519 key');
  return key;
};

/** The key of a setting, as PEM or as JWK. Throws for anything else. */
export const privateKeyOf = (secret: Secret): KeyObject => {
  const text = secret.reveal().trim();
  return ed25519(
    createPrivateKey(
      text.startsWith('{') ? { key: JSON.parse(text) as Record<string, unknown>, format: 'jwk' } : text,
    ),
  );
};

/** A public key by `x` of its JWK. Throws for anything else. */
export const publicKeyOf = (x: string): KeyObject => {
  if (!/^[\w-]{43}$/.test(x)) throw new Error('it is no x of an Ed25519 key');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
};

/** The end of a key's address: its thumbprint (RFC 7638). */
const thumbprintOf = (x: string): string =>
  createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');

const shown = (url: string, x: string): PublicKey => ({
  kty: 'OKP',
  crv: 'Ed25519',
  x,
  alg: 'EdDSA',
  use: 'sig',
  kid: `${url}/records/keys/${thumbprintOf(x)}`,
});

/** Signs by a private key; `earlier` are the `x` of public keys that signed before. `url` is where all are shown. */
export const signerOf = (key: Secret, earlier: readonly string[], url: string): Signer => {
  const own = privateKeyOf(key);
  const { x = '' } = createPublicKey(own).export({ format: 'jwk' });
  const present = shown(url, x);
  const before = [...new Set(earlier)].filter((each) => each !== x);
  const keys = [present, ...before.map((each) => shown(url, each))];
  const header = { alg: 'EdDSA', typ: 'JWT', kid: present.kid };
  return { sign: (claims) => new SignJWT({ ...claims }).setProtectedHeader(header).sign(own), keys };
};

const idBytes = 16;

/**
 * Names records by a secret: ids are public, and a plain hash of a phone number tells the number to whoever tries them
 * all. The same secret gives the same ids.
 */
export const nameRecords = (secret: Secret): NameRecord => {
  const bytes = privateKeyOf(secret).export({ format: 'jwk' }).d ?? '';
  const key = Buffer.from(hkdfSync('sha256', bytes, '', 'ids of completion records', 32));
  return (phone, course) =>
    createHmac('sha256', key)
      .update(JSON.stringify([phone, course]))
      .digest()
      .subarray(0, idBytes)
      .toString('base64url');
};
