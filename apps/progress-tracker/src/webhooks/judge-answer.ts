import type { Answer, Delivery } from './deliveries';
import { dayMs, type Webhook } from './webhook';
import type { WebhookChanges } from './webhooks';

const [secondMs, minuteMs, hourMs] = [1_000, 60_000, 3_600_000];

/** How long after a try that failed the next one comes; after the last, none. The first comes at once. */
export const pausesMs: readonly number[] = [
  5 * secondMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  24 * hourMs,
];

/* Up to so much is added by chance, so that what failed together is not tried together. */
const jitter = 0.1;
/* No address can ask for a longer pause. */
const mostPauseMs = hourMs;
const usualPauseMs = minuteMs;

/** From when on an address that answers nothing good is given up. */
export const failingMs = 5 * dayMs;

const gone = 410;
const tooMuch: readonly number[] = [429, 502, 504];

/** What an address answered; `retryAfterMs` where it said so. */
export type Response = { readonly answer: Answer; readonly retryAfterMs?: number };

/** What follows from an answer: for the delivery, and for its webhook where anything changes. */
export type Judgement = { readonly next: Delivery; readonly changes?: WebhookChanges };

const statusOf = (answer: Answer): number | undefined => ('status' in answer ? answer.status : undefined);

const isGood = (status: number | undefined): boolean => status !== undefined && status >= 200 && status < 300;

const without = ({ nextAt: _next, ...delivery }: Delivery): Delivery => delivery;

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

const failed = (delivery: Delivery, { answer, retryAfterMs = 0 }: Response, chance: number): Delivery => {
  const pauseMs = pausesMs[delivery.attempts - 1];
  if (pauseMs === undefined || statusOf(answer) === gone)
    return { ...without(delivery), state: 'failed', last: answer };
  const ms = Math.max(pauseMs * (1 + jitter * chance), Math.min(retryAfterMs, mostPauseMs));
  return { ...delivery, last: answer, nextAt: later(answer.at, ms) };
};

const changesOf = (webhook: Webhook, { answer, retryAfterMs }: Response): WebhookChanges => {
  const status = statusOf(answer);
  const { at } = answer;
  if (status === gone) return { disabled: { at, because: 'gone' } };
  const failingSince = webhook.failingSince ?? at;
  if (at.getTime() - failingSince.getTime() >= failingMs)
    return { disabled: { at, because: 'failing' }, failingSince };
  const pauseMs = Math.min(retryAfterMs ?? usualPauseMs, mostPauseMs);
  return {
    failingSince,
    ...(status !== undefined && tooMuch.includes(status) && { resumeAt: later(at, pauseMs) }),
  };
};

/** What follows from what an address answered. `chance` is 0 to 1. */
export const judgeAnswer = (
  { webhook, delivery }: { readonly webhook: Webhook; readonly delivery: Delivery },
  response: Response,
  chance: number,
): Judgement => {
  const { answer } = response;
  if (!isGood(statusOf(answer)))
    return { next: failed(delivery, response, chance), changes: changesOf(webhook, response) };
  const next: Delivery = { ...without(delivery), state: 'delivered', last: answer };
  return webhook.failingSince === undefined ? { next } : { next, changes: { failingSince: null } };
};
