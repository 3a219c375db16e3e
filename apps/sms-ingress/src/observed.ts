import { performance } from 'node:perf_hooks';
import type { Runtime } from '@stopcovid/runtime';
import type { HandleWebhook, WebhookAnswer } from './handle-webhook';

/** Counts and logs what became of each webhook: never a number or a text. */
export const observed = (handle: HandleWebhook, { logger, metrics }: Runtime): HandleWebhook => {
  const webhooks = metrics.counter('sms_ingress_webhooks_total', 'Webhooks by what became of them.', [
    'kind',
    'outcome',
  ]);
  const seconds = metrics.histogram('sms_ingress_webhook_seconds', 'From the body to the answer.', [
    'outcome',
  ]);
  const note = ({ outcome, kind, reason }: WebhookAnswer): void => {
    if (outcome === 'unavailable') logger.error({ outcome, kind, reason }, 'webhook not recorded');
    else if (outcome === 'refused' || outcome === 'ignored')
      logger.warn({ outcome, reason }, 'webhook not taken');
    else logger.debug({ outcome, kind }, 'webhook');
  };
  return async (request) => {
    const startedAt = performance.now();
    const answer = await handle(request);
    const { outcome, kind = request.kind } = answer;
    webhooks.inc({ kind, outcome });
    seconds.observe({ outcome }, (performance.now() - startedAt) / 1_000);
    note(answer);
    return answer;
  };
};
