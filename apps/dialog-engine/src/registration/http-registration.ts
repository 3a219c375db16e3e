import { accountSchema } from '@stopcovid/contracts';
import type { RegistrationAnswer } from '@stopcovid/dialog-core';
import { LatestMap } from '@stopcovid/runtime';
import CircuitBreaker from 'opossum';
import { z } from 'zod';
import { fewAtOnce } from './few-at-once';
import type { RegistrationLookup } from './registration';

/** How the registration service outside is asked. */
export type HttpRegistration = {
  readonly url: string;
  /** Sent as a bearer token, where there is one. */
  readonly token: string | undefined;
  readonly timeoutMs: number;
  /** For how long a good code is believed without asking again; a refused one is always asked again. */
  readonly cacheMs: number;
  readonly now: () => number;
  /** Told why a question went unanswered, never the code that was asked about. */
  readonly onUnavailable: (reason: string) => void;
};

const answerSchema = z.discriminatedUnion('valid', [
  z.object({ valid: z.literal(true), demo: z.boolean().default(false), account: accountSchema.default({}) }),
  z.object({ valid: z.literal(false) }),
]);

const largestAnswerBytes = 64 * 1_024;
const mostCached = 10_000;
/** A class that registers together must not knock the service over. */
const mostAtOnce = 16;

/** How long one slice of commands waits for all its answers together, in times of the limit for one. */
const sliceWaits = 3;

/** After five failures, half of what was asked, the service is left alone for ten seconds. */
const breakerOptions = {
  timeout: false,
  volumeThreshold: 5,
  errorThresholdPercentage: 50,
  rollingCountTimeout: 10_000,
  resetTimeout: 10_000,
} as const;

/**
 * Asks a service outside with `POST {"code": …}`, which answers `{"valid": true, "demo": …, "account": {…}}` or
 * `{"valid": false}`. Whatever else happens is `Unavailable`: nothing has been decided about the code.
 */
export const httpRegistration = (settings: HttpRegistration): RegistrationLookup & { close(): void } => {
  const breaker = new CircuitBreaker((code: string) => ask(settings, code), breakerOptions);
  const believed = new LatestMap<string, { readonly answer: RegistrationAnswer; readonly until: number }>(
    mostCached,
  );
  const remember = (code: string, answer: RegistrationAnswer): void => {
    if (answer.status !== 'Valid') believed.delete(code);
    else believed.set(code, { answer, until: settings.now() + settings.cacheMs });
  };
  /* An answer that comes too late for its slice is good for the next try. */
  const askOnce = fewAtOnce(mostAtOnce, async (code) => {
    const answer = await breaker.fire(code);
    remember(code, answer);
    return answer;
  });
  return {
    async lookup(code, patience) {
      const known = believed.get(code);
      if (known !== undefined && known.until > settings.now()) return known.answer;
      try {
        return await askOnce(code, patience(sliceWaits * settings.timeoutMs));
      } catch (error) {
        settings.onUnavailable(error instanceof Error ? error.message : String(error));
        return { status: 'Unavailable' };
      }
    },
    close: () => breaker.shutdown(),
  };
};

const ask = async (
  { url, token, timeoutMs }: HttpRegistration,
  code: string,
): Promise<RegistrationAnswer> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ code }),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`the registration service answered ${response.status}`);
  }
  const answer = answerSchema.safeParse(JSON.parse(await textOf(response)));
  if (!answer.success) throw new Error('the registration service answered something else than was agreed');
  const { data } = answer;
  return data.valid ? { status: 'Valid', demo: data.demo, account: data.account } : { status: 'Unknown' };
};

/** The body, unless it is larger than any honest answer. */
const textOf = async (response: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > largestAnswerBytes) throw new Error('the registration service answered more than 64 KiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};
