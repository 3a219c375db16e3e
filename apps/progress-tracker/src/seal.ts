import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Secret } from '@stopcovid/runtime';

const cipher = 'aes-256-gcm';
const [ivBytes, tagBytes] = [12, 16];

/** Closes texts so that nobody can read or change them without the secret, and opens them again. */
export type Seal = {
  /** In letters that an address may have; no two alike. */
  readonly close: (text: string) => string;
  /** Throws for what this seal did not close. */
  readonly open: (sealed: string) => string;
};

/** The seal of a secret for one purpose: those of other purposes do not open what it closed. */
export const sealOf = (secret: Secret, purpose: string): Seal => {
  const key = Buffer.from(hkdfSync('sha256', secret.reveal(), '', purpose, 32));
  return {
    close: (text) => {
      const iv = randomBytes(ivBytes);
      const sealing = createCipheriv(cipher, key, iv);
      return Buffer.concat([iv, sealing.update(text), sealing.final(), sealing.getAuthTag()]).toString(
        'base64url',
      );
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed, 'base64url');
      const opening = createDecipheriv(cipher, key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
      opening.setAuthTag(bytes.subarray(-tagBytes));
      return Buffer.concat([opening.update(bytes.subarray(ivBytes, -tagBytes)), opening.final()]).toString();
    },
  };
};
