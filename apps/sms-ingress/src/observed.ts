import { performance } from 'node:perf_hooks';
import type { Runtime } from '@stopcovid/runtime';
import type { HandleWebhook, WebhookAnswer } from './handle-webhook';

/** How long a failure to produce makes the service unready: Twilio tries again, and the next success clears it. */
const unreadyMs = 10_000;

/** Counts and logs what became of each webhook: never a number or a text. */
export const observed = (handle: HandleWebhook, { logger, metrics, health }: Runtime): HandleWebhook => {
  const webhooks = metrics.counter('sms_ingress_webhooks_total', 'Webhooks by what became of them.', [
    'kind',
    'outcome',
  ]);
  const seconds = metrics.histogram('sms_ingress_webhook_seconds', 'From the body to the answer.', [
    'outcome',
  ]);
  const ignored = metrics.counter('sms_ingress_ignored_total', 'Webhooks that are nothing of ours, by why.', [
    'reason',
  ]);
  const note = ({ outcome, kind, reason }: WebhookAnswer): void => {
    if (outcome === 'unavailable') logger.error({ outcome, kind, reason }, 'webhook not recorded');
    else if (outcome === 'refused') logger.warn({ outcome, reason }, 'webhook not taken');
    else if (outcome === 'ignored') logger.info({ outcome, reason }, 'webhook not for us');
    else logger.debug({ outcome, kind }, 'webhook');
  };
  let failedAt = Number.NEGATIVE_INFINITY;
  const kafka = () =>
    performance.now() - failedAt < unreadyMs ? { up: false, detail: 'did not take a record' } : { up: true };
  health.register('kafka', kafka, 'ready');
  return async (request) => {
    const startedAt = performance.now();
    const answer = await handle(request);
    const { outcome, kind = request.kind } = answer;
    webhooks.inc({ kind, outcome });
    if (outcome === 'ignored') ignored.inc({ reason: answer.reason ?? 'none' });
    seconds.observe({ outcome }, (performance.now() - startedAt) / 1_000);
    if (outcome === 'unavailable') failedAt = performance.now();
    if (outcome === 'accepted') failedAt = Number.NEGATIVE_INFINITY;
    note(answer);
    return answer;
  };
};
