import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { AddressRefused, problemWithUrl, type ReachRules } from './reachable';

/** What is sent where. */
export type Post = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** What came back; a reason where nothing did. `retryAfter` is the header as it was. */
export type Posted = { readonly status: number; readonly retryAfter?: string } | { readonly reason: string };

/** How webhooks are posted. */
export type PostRules = {
  readonly reach: ReachRules;
  readonly lookup: LookupFunction;
  readonly timeoutMs: number;
};

const mostBodyBytes = 64 * 1_024;

/* The answer is its status. What comes after it is read so far that its connection can end well. */
const drain = (response: IncomingMessage): void => {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostBodyBytes) response.destroy();
  });
  response.on('error', () => response.destroy());
};

const reasonOf = (error: NodeJS.ErrnoException, isLate: boolean): string => {
  if (isLate) return 'timed-out';
  return error instanceof AddressRefused ? 'address-refused' : (error.code ?? 'no-answer');
};

const answerIn = ({ statusCode = 0, headers }: IncomingMessage): Posted => {
  const retryAfter = headers['retry-after'];
  return { status: statusCode, ...(retryAfter !== undefined && { retryAfter }) };
};

/**
 * Posts by a connection of its own, whose address is judged as it is made. Follows no redirect. Never rejects. Aborting
 * `until` ends it without an answer.
 */
export const postWebhook = (
  { reach, lookup, timeoutMs }: PostRules,
  { url, headers, body }: Post,
  until: AbortSignal,
): Promise<Posted> => {
  if (problemWithUrl(url, reach) !== undefined) return Promise.resolve({ reason: 'address-refused' });
  const request = url.startsWith('https:') ? requestHttps : requestHttp;
  const ending = new AbortController();
  const end = (): void => ending.abort();
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    end();
  }, timeoutMs);
  until.addEventListener('abort', end, { once: true });
  if (until.aborted) end();
  const length = String(Buffer.byteLength(body));
  return new Promise((resolve) => {
    const posting = request(url, {
      method: 'POST',
      agent: false,
      lookup,
      signal: ending.signal,
      headers: { ...headers, 'content-type': 'application/json', 'content-length': length },
    });
    posting.on('response', (response) => {
      drain(response);
      resolve(answerIn(response));
    });
    posting.on('error', (error) => resolve({ reason: reasonOf(error, isLate) }));
    posting.on('close', () => {
      clearTimeout(late);
      until.removeEventListener('abort', end);
    });
    posting.end(body);
  });
};

/** How long an address asks to wait, in milliseconds: by seconds or by a date. Undefined for what is neither. */
export const retryAfterMsOf = (text: string | undefined, now: number): number | undefined => {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
};
