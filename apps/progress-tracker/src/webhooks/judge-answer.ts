import { given } from '../given';
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

/** An address that answers nothing good for so long is given up, as long as it was tried all the while. */
export const failingMs = 5 * dayMs;
/** After so long without a try, what failed before says nothing: longer than any pause between two tries. */
export const silenceMs = 2 * dayMs;

const gone = 410;
const tooMuch: readonly number[] = [429, 502, 504];

/** What an address answered; `retryAfterMs` where it said so. */
export type Response = { readonly answer: Answer; readonly retryAfterMs?: number };

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

const isLater = (one: Date | undefined, other: Date): boolean => one !== undefined && one >= other;

const earlier = (one: Date, other: Date): Date => (one < other ? one : other);

/** Since when nothing has come through, where one more thing did not. */
const failingSinceOf = ({ failingSince, failedAt }: Webhook, at: Date): Date => {
  if (failingSince === undefined || failedAt === undefined) return at;
  return at.getTime() - failedAt.getTime() > silenceMs ? at : earlier(failingSince, at);
};

const afterFailure = (webhook: Webhook, { answer, retryAfterMs }: Response): WebhookChanges => {
  const [{ at }, status] = [answer, statusOf(answer)];
  if (webhook.disabled !== undefined) return {};
  if (status === gone) return { disabled: { at, because: 'gone' } };
  const pauseMs = Math.min(retryAfterMs ?? usualPauseMs, mostPauseMs);
  const pausing =
    status !== undefined && tooMuch.includes(status) ? { resumeAt: later(at, pauseMs) } : undefined;
  if (isLater(webhook.succeededAt, at)) return { ...pausing };
  const failingSince = failingSinceOf(webhook, at);
  const failedAt = isLater(webhook.failedAt, at) ? webhook.failedAt : at;
  const isGivenUp = at.getTime() - failingSince.getTime() >= failingMs;
  return {
    ...given({ failingSince, failedAt }),
    ...(isGivenUp ? { disabled: { at, because: 'failing' } } : pausing),
  };
};

/* Of tries that were under way together, one that failed later than this one came through is where it fails since. */
const afterSuccess = ({ succeededAt, failingSince, failedAt }: Webhook, at: Date): WebhookChanges => {
  if (isLater(succeededAt, at)) return {};
  if (failingSince === undefined) return { succeededAt: at };
  const since = failingSince > at ? failingSince : failedAt;
  return since !== undefined && since > at
    ? { succeededAt: at, failingSince: since }
    : { succeededAt: at, failingSince: null, failedAt: null };
};

/** What an answer changes of a webhook, as it is when the answer is there. */
export const changesBy = (webhook: Webhook, response: Response): WebhookChanges =>
  isGood(statusOf(response.answer))
    ? afterSuccess(webhook, response.answer.at)
    : afterFailure(webhook, response);

/** What an answer makes of a delivery. `chance` is 0 to 1. */
export const judgeAnswer = (delivery: Delivery, response: Response, chance: number): Delivery =>
  isGood(statusOf(response.answer))
    ? { ...without(delivery), state: 'delivered', last: response.answer }
    : failed(delivery, response, chance);
