import { randomBytes } from 'node:crypto';
import { hashOfKey, roles, type Caller } from '@stopcovid/runtime';
import { z } from 'zod';

/** An API key, without the key itself: that is shown once, to whoever adds it. A name is never given again. */
export type ApiKey = Caller & {
  /** Hexadecimal. */
  readonly sha256: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  /** From here on it holds no more. */
  readonly expiresAt?: Date;
  /** To the minute. */
  readonly lastUsedAt?: Date;
  readonly revoked?: { readonly by: string; readonly at: Date };
};

/** Does a key let anybody in at a moment? */
export const holdsAt = ({ expiresAt, revoked }: ApiKey, at: Date): boolean =>
  revoked === undefined && (expiresAt === undefined || expiresAt > at);

/** The name of a key: who asks, in logs and on record. */
export const keyNameSchema = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, such as acme-dashboard');

/** What an admin says of a key that is to be added. */
export const keyRequestSchema = z.strictObject({
  name: keyNameSchema,
  role: z.enum(roles),
  /** Whom it concerns; everybody where it is left out. */
  employers: z.array(z.string().min(1).max(128)).min(1).max(100).exactOptional(),
  expiresAt: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .exactOptional(),
});

/** A new key that nobody can guess, and what is kept of it. */
export const newKey = (): { readonly key: string; readonly sha256: string } => {
  const key = `sc_${randomBytes(32).toString('base64url')}`;
  return { key, sha256: hashOfKey(key).toString('hex') };
};
