import { ConfigError, roles, type Caller, type Callers } from '@stopcovid/runtime';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from 'jose';
import { z } from 'zod';
import { given } from '../given';

/** The ways of signing that a token may be asked for. None with a shared secret: the keys stand at a public address. */
export const tokenAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;
export type TokenAlgorithm = (typeof tokenAlgorithms)[number];

/** Which tokens are taken. */
export type TokenRules = {
  /** The public keys, as a JSON Web Key Set (RFC 7517). */
  readonly keys: URL;
  readonly issuer: string;
  readonly audience: string;
  readonly algorithm: TokenAlgorithm;
};

/** What a configuration says of tokens. */
type TokenSettings = {
  readonly JWKS_URL?: URL;
  readonly JWT_ISSUER?: string;
  readonly JWT_AUDIENCE?: string;
  readonly JWT_ALGORITHM: TokenAlgorithm;
};

/** The rules of a configuration; none where no tokens are taken. Throws `ConfigError` where one is missing. */
export const tokenRulesOf = ({
  JWKS_URL,
  JWT_ISSUER,
  JWT_AUDIENCE,
  JWT_ALGORITHM,
}: TokenSettings): TokenRules | undefined => {
  if (JWKS_URL && JWT_ISSUER !== undefined && JWT_AUDIENCE !== undefined)
    return { keys: JWKS_URL, issuer: JWT_ISSUER, audience: JWT_AUDIENCE, algorithm: JWT_ALGORITHM };
  const all = { JWKS_URL, JWT_ISSUER, JWT_AUDIENCE };
  const missing = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length === Object.keys(all).length) return undefined;
  throw new ConfigError(
    'ProgressTrackerConfig',
    missing.map((name) => `${name} is not set: tokens take all of ${Object.keys(all).join(', ')}.`),
  );
};

type Parts = {
  /** Milliseconds. */
  readonly now: () => number;
  /** Told why a token was not taken: a code or the names of claims, never the token. */
  readonly onRefused: (why: string) => void;
};

const bearer = /^bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;
/** Clocks differ by so much. */
const toleranceSeconds = 30;
/** How long it is waited for the keys; how long after that they are not asked for again; and how long they are kept. */
const keysWithin = { timeoutDuration: 3_000, cooldownDuration: 30_000, cacheMaxAge: 600_000 };

/**
 * What a token must say of whoever holds it. `employers` are ids, or `*` for all of them: a token that leaves them out
 * is refused, so that a claim by another name never opens everything.
 */
const claimsSchema = z.object({
  sub: z.string().regex(/^[\x21-\x7e]{1,120}$/, 'must be 1 to 120 visible characters'),
  role: z.enum(roles),
  employers: z.union([z.literal('*'), z.array(z.string().min(1).max(128)).min(1).max(100)]),
});

const callerOf = (payload: JWTPayload): Caller | string => {
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) return `claims: ${claims.error.issues.map(({ path }) => path.join('.')).join(', ')}`;
  const { sub, role, employers } = claims.data;
  return { name: `token:${sub}`, role, ...given({ employers: employers === '*' ? undefined : employers }) };
};

/** What says that the keys could not be had, rather than that a token is wrong. */
const isAway = (error: unknown): boolean =>
  !(error instanceof errors.JOSEError) ||
  error instanceof errors.JWKSTimeout ||
  error instanceof errors.JWKSInvalid ||
  error.code === 'ERR_JOSE_GENERIC';

/**
 * Those who come with a token of an identity provider: `sub` is who, `role` and `employers` are as of a key. A token that
 * is not signed, expired, of another issuer, audience or algorithm, or without one of these claims, is nobody's. Rejects
 * when the keys cannot be had.
 */
export const tokenCallers = (rules: TokenRules, { now, onRefused }: Parts): Callers => {
  const keys = createRemoteJWKSet(rules.keys, keysWithin);
  const verified = async (token: string): Promise<JWTPayload> => {
    const { payload } = await jwtVerify(token, keys, {
      issuer: rules.issuer,
      audience: rules.audience,
      algorithms: [rules.algorithm],
      requiredClaims: ['exp', 'sub'],
      clockTolerance: toleranceSeconds,
      currentDate: new Date(now()),
    });
    return payload;
  };
  const refuse = (why: string): undefined => void onRefused(why);
  return {
    of: async (authorization) => {
      const token = bearer.exec(authorization ?? '')?.[1];
      if (token === undefined) return undefined;
      try {
        const caller = callerOf(await verified(token));
        return typeof caller === 'string' ? refuse(caller) : caller;
      } catch (error) {
        if (isAway(error)) throw error;
        return refuse((error as errors.JOSEError).code);
      }
    },
  };
};
