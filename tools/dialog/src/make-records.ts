import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Phone } from '@stopcovid/contracts';
import { z } from 'zod';
import { mayDo } from './ask';
import { exitCodes, UnavailableError, UsageError, type ExitCode } from './exit';
import { progressLine } from './progress-line';
import type { Terminal } from './terminal';

/** An answer of the tracker's API. */
export type ApiAnswer = {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: unknown;
};
/** Asks the tracker's API with an operator's key. Rejects with UnavailableError where it does not answer. */
export type AskApi = (
  path: string,
  post?: { readonly body: object; readonly key: string },
) => Promise<ApiAnswer>;

const patienceMs = 30_000;

/** The API at an address; the key is sent in a header alone. */
export const apiAt =
  (address: URL, key: string): AskApi =>
  async (path, post) => {
    const response = await fetch(`${address.href.replace(/\/$/, '')}${path}`, {
      method: post === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        ...(post && { 'content-type': 'application/json', 'idempotency-key': post.key }),
      },
      ...(post && { body: JSON.stringify(post.body) }),
      signal: AbortSignal.timeout(patienceMs),
    }).catch((error: unknown) => {
      throw new UnavailableError(`The tracker at ${address.origin} does not answer: ${String(error)}`);
    });
    const body: unknown = await response.json().catch(() => ({}));
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body };
  };

export type MakeOptions = {
  /** One trainee, or all who passed and have no record. */
  readonly phone: Phone | undefined;
  readonly tellAgain: boolean;
  readonly yes: boolean;
};

const madeSchema = z.object({ made: z.boolean(), url: z.string(), status: z.string() });
const missingSchema = z.object({
  items: z.array(z.object({ phone: z.string() })),
  looked: z.int(),
  nextCursor: z.string().optional(),
});
const problemSchema = z.object({ detail: z.string() });

const tooMany = 429;
const refused: readonly number[] = [401, 403];

/* A key may ask only so often: whoever has much to ask waits as long as they are told to. */
const patiently = async (ask: AskApi, ...asked: Parameters<AskApi>): Promise<ApiAnswer> => {
  for (;;) {
    const answer = await ask(...asked);
    if (answer.status !== tooMany) return answer;
    await wait(Number(answer.retryAfter ?? 1) * 1_000);
  }
};

const whyNot = ({ status, body }: ApiAnswer): string =>
  problemSchema.safeParse(body).data?.detail ?? `the tracker answered ${status}`;

/* What is wrong with the key, the address or the settings is wrong for everybody. */
const orStop = (answer: ApiAnswer, { switchedOff }: { readonly switchedOff: boolean }): ApiAnswer => {
  if (refused.includes(answer.status) || (switchedOff && answer.status !== 200))
    throw new UsageError(whyNot(answer));
  return answer;
};

const makeOne = async (
  phone: string,
  { tellAgain }: Pick<MakeOptions, 'tellAgain'>,
  { ask, terminal }: { readonly ask: AskApi; readonly terminal: Terminal },
): Promise<boolean> => {
  const post = { body: { phone, ...(tellAgain && { tellAgain }) }, key: `make-record-${randomUUID()}` };
  const answer = orStop(await patiently(ask, '/v1/records', post), { switchedOff: false });
  const made = madeSchema.safeParse(answer.status === 200 ? answer.body : undefined).data;
  if (made === undefined) terminal.err(`${phone} ${whyNot(answer)}`);
  else terminal.out(`${phone} ${made.made ? 'made' : `there, ${made.status}`} ${made.url}`);
  return made !== undefined;
};

const phonesWithout = async (ask: AskApi, terminal: Terminal): Promise<readonly string[]> => {
  const phones: string[] = [];
  let looked = 0;
  let path: string | undefined = '/v1/records/missing?limit=200';
  while (path !== undefined) {
    const answer: ApiAnswer = orStop(await patiently(ask, path), { switchedOff: true });
    const page = missingSchema.parse(answer.body);
    phones.push(...page.items.map(({ phone }) => phone));
    looked += page.looked;
    terminal.status?.(`${looked} trainees looked at, ${phones.length} without a record`);
    path = page.nextCursor && `/v1/records/missing?limit=200&cursor=${page.nextCursor}`;
  }
  terminal.err(`${looked} trainees looked at: ${phones.length} passed and have no record`);
  return phones;
};

/**
 * Makes records through the API, which tells their trainees. Looks first where it is for all who passed, and asks.
 * `problems` where one was not made; asked again, only those are made that are missing.
 */
export const makeRecords = async (
  { phone, tellAgain, yes }: MakeOptions,
  parts: { readonly ask: AskApi; readonly terminal: Terminal },
): Promise<ExitCode> => {
  const { ask, terminal } = parts;
  if (phone !== undefined)
    return (await makeOne(phone, { tellAgain }, parts)) ? exitCodes.ok : exitCodes.problems;
  const phones = await phonesWithout(ask, terminal);
  if (phones.length === 0) return exitCodes.ok;
  if (!(await mayDo(`Make ${phones.length} records, and text their trainees?`, yes, terminal)))
    return exitCodes.problems;
  const show = progressLine('records', terminal);
  let failed = 0;
  for (const [index, each] of phones.entries()) {
    if (!(await makeOne(each, { tellAgain: false }, parts))) failed += 1;
    show(index + 1, phones.length);
  }
  return failed === 0 ? exitCodes.ok : exitCodes.problems;
};
