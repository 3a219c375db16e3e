import type { Why } from '@stopcovid/runtime';
import { OtherEnvironment } from './other-environment';

const away = 'MongoDB does not answer';
const refused = 'MongoDB refuses us';

/* AuthenticationFailed, Unauthorized, and what Atlas calls the first. */
const refusals: ReadonlyMap<unknown, string> = new Map([
  [18, 'MongoDB refuses the login: set the user, the password and authSource in MONGODB_URL right'],
  [8_000, 'MongoDB refuses the login: set the user, the password and authSource in MONGODB_URL right'],
  [13, 'the user in MONGODB_URL may not read the database: give it the role readWrite there'],
]);

/** By the driver's words, which name hosts: we name the setting. The first that fits holds. */
const outages: readonly (readonly [RegExp, string])[] = [
  [
    /ENOTFOUND|EAI_AGAIN|ENODATA/,
    'no host has the name in MONGODB_URL: set MONGODB_URL right, or wait for the name',
  ],
  [
    /ECONNREFUSED/,
    'nothing listens at the address in MONGODB_URL: set its host and port right, or start MongoDB',
  ],
  [
    /ReplicaSetNoPrimary/,
    'no primary is found: initiate the replica set, and set replicaSet and the hosts in MONGODB_URL right',
  ],
  [
    /closed|ECONNRESET|certificate|SSL|TLS|self-signed/i,
    'what listens at the address in MONGODB_URL breaks off the connection: set its port and tls right',
  ],
];

const timedOut =
  'nothing answers at the address in MONGODB_URL in time: set its host, port and tls right, or let us through to it';

/** What the driver says of a server that it could not choose: its own words, and what it takes the deployment for. */
const wordsOf = (error: Error & { readonly reason?: unknown }): string => {
  const { message, reason } = error;
  return typeof reason === 'object' && reason !== null && 'type' in reason
    ? `${message} ${String(reason.type)}`
    : message;
};

/* A name of `mongodb+srv` is looked up before there is a driver to say so. */
const isAway = (error: Error): boolean =>
  /ServerSelection|Network|Disconnected|PoolCleared/.test(error.name) ||
  /^query(Srv|Txt) /.test(error.message);

/**
 * Why there is no connection yet; undefined where waiting does not help, such as a broken connection string. A login that
 * is refused is worth waiting for: users are made, and passwords changed, while we run.
 */
export const whyNotConnected = (error: unknown): Why | undefined => {
  if (!(error instanceof Error)) return undefined;
  const about = { cause: error.message };
  if (error instanceof OtherEnvironment)
    return {
      message: 'the database is not ours',
      reason: error.message,
      about: { alarm: 'other-environment' },
    };
  const refusal = 'code' in error ? refusals.get(error.code) : undefined;
  if (refusal !== undefined) return { message: refused, reason: refusal, about };
  if (!isAway(error)) return undefined;
  const words = wordsOf(error);
  const [, reason = timedOut] = outages.find(([pattern]) => pattern.test(words)) ?? [];
  return { message: away, reason, about };
};
