import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { signatureOf } from '@stopcovid/twilio';
import { readOverrides, type ConnectionOverrides, type FailureKind } from './connection-overrides';
import type { FormPoster, PostResult } from './post-form';

/** A form that the carrier posts, field by field; the order of fields does not matter to its signature. */
export type WebhookForm = Readonly<Record<string, string>>;

export type WebhookResult =
  | { readonly kind: 'delivered'; readonly attempts: number }
  | { readonly kind: 'givenUp'; readonly attempts: number; readonly reason: string };

export type WebhookParts = {
  readonly poster: FormPoster;
  readonly authToken: () => string;
  readonly retryPauseMs: number;
};

/** One webhook on its way; `onAttempt` hears of each call before it is made, counting from 1. */
export type WebhookCall = {
  readonly url: string;
  readonly form: WebhookForm;
  readonly onAttempt: (attempt: number) => void;
};

type Verdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly kind: FailureKind; readonly reason: string };

const verdictOn = (result: PostResult): Verdict => {
  if (result.kind === 'failed') return { ok: false, kind: result.failure, reason: result.reason };
  if (result.status < 400) return { ok: true };
  return {
    ok: false,
    kind: result.status < 500 ? '4xx' : '5xx',
    reason: `the webhook answered ${result.status}`,
  };
};

const mayRetry = (overrides: ConnectionOverrides, kind: FailureKind, attempt: number): boolean =>
  attempt <= overrides.retries && overrides.retryOn.has(kind);

/** Posts a signed webhook and retries it as Twilio does: the idempotency token comes with retries only. */
export const deliverWebhook = async (parts: WebhookParts, call: WebhookCall): Promise<WebhookResult> => {
  const { url, overrides } = readOverrides(call.url);
  const token = randomUUID();
  const until = performance.now() + overrides.totalTimeMs;
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
    'User-Agent': 'TwilioProxy/1.1 (carrier-emulator)',
    // The fragment is ours and the carrier's business: it is neither sent nor signed.
    'X-Twilio-Signature': signatureOf(parts.authToken(), { url, parameters: call.form }),
  };
  const body = new URLSearchParams(call.form).toString();
  for (let attempt = 1; ; attempt += 1) {
    call.onAttempt(attempt);
    const left = Math.max(100, until - performance.now());
    const result = await parts.poster.post({
      url,
      body,
      headers: attempt === 1 ? headers : { ...headers, 'I-Twilio-Idempotency-Token': token },
      connectTimeoutMs: Math.min(overrides.connectTimeoutMs, left),
      readTimeoutMs: Math.min(overrides.readTimeoutMs, left),
    });
    const verdict = verdictOn(result);
    if (verdict.ok) return { kind: 'delivered', attempts: attempt };
    if (!mayRetry(overrides, verdict.kind, attempt) || performance.now() >= until)
      return { kind: 'givenUp', attempts: attempt, reason: verdict.reason };
    await pause(parts.retryPauseMs * 2 ** (attempt - 1));
  }
};
