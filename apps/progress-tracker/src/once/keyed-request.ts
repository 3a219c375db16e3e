import { createHash } from 'node:crypto';

/** What was answered to a request, as HTTP has it; closed by a seal, as it may hold a secret or a phone. */
export type SealedAnswer = string;

/** A request that came under an Idempotency-Key, for a while. */
export type KeyedRequest = {
  /** Of the key and of whose request it was; the key itself is not kept. */
  readonly id: string;
  /** Of what was asked: the same key with another one asks for something else. */
  readonly fingerprint: string;
  /** Of one attempt at it: what an earlier one comes to is not taken. */
  readonly attempt: string;
  readonly startedAt: Date;
  readonly expiresAt: Date;
  /** Once there is one. */
  readonly answer?: SealedAnswer;
};

/** What was asked under a key, by whom. */
export type Keyed = {
  readonly by: string;
  readonly employers: readonly string[] | undefined;
  readonly key: string;
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
};

const hashOf = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/* The same for the same content, in whatever order its fields stand. */
const sorted = (_name: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** The id of the requests of one caller under one key, whatever they ask for. */
export const idOfKey = ({ by, key }: Pick<Keyed, 'by' | 'key'>): string => hashOf([by, key]);

/** The same for the same request, in the reach that its caller has. */
export const fingerprintOf = ({ method, url, body, employers }: Keyed): string =>
  hashOf([method, url, JSON.stringify(body ?? null, sorted), employers?.toSorted() ?? null]);

/** So long nobody answers, and the process that was at it is taken for dead: the request may be made again. */
export const attemptMs = 60_000;

/** Is this one over: forgotten, or broken off by a process that died? */
export const isOver = ({ startedAt, expiresAt, answer }: KeyedRequest, now: Date): boolean =>
  now >= expiresAt || (answer === undefined && now.getTime() - startedAt.getTime() >= attemptMs);
