import type { Runtime } from '@stopcovid/runtime';
import type { CourierParts, TryReport } from './courier';
import type { Delivery } from './deliveries';

const resultOf = ({ state, last }: Delivery): string => {
  if (state === 'delivered') return 'delivered';
  return last !== undefined && 'status' in last ? 'refused' : 'unanswered';
};

/** Counts what tries come to, writes a line for each that failed, and an alarm where a webhook is given up. */
export const reportTries = ({
  logger,
  metrics,
}: Pick<Runtime, 'logger' | 'metrics'>): Pick<CourierParts, 'onTried' | 'onUnreadable' | 'onTrouble'> => {
  const tries = metrics.counter('webhook_tries_total', 'Tries to deliver an event to a webhook, by result', [
    'result',
  ]);
  const seconds = metrics.histogram('webhook_try_seconds', 'How long a try to deliver took');
  const failed = metrics.counter('webhook_given_up_total', 'Events that a webhook did not take at any try');
  const disabled = metrics.counter('webhook_disabled_total', 'Webhooks that are told nothing more', [
    'because',
  ]);
  const trouble = metrics.counter('webhook_trouble_total', 'Times at which no delivery could be looked for');

  const tellFailure = ({ webhook, delivery, changes }: TryReport): void => {
    const about = { webhook: webhook.id, host: new URL(webhook.url).host };
    const { event, attempts, last } = delivery;
    logger.warn({ ...about, event, attempts, last }, 'a webhook did not take an event');
    if (delivery.state === 'failed') failed.inc();
    if (!changes.disabled) return;
    const { because } = changes.disabled;
    disabled.inc({ because });
    logger.error({ alarm: 'webhook-disabled', ...about, because }, 'a webhook is told nothing more');
  };

  return {
    onTried: (report) => {
      tries.inc({ result: resultOf(report.delivery) });
      seconds.observe(report.ms / 1_000);
      if (report.delivery.state !== 'delivered') tellFailure(report);
    },
    onUnreadable: (webhooks) =>
      logger.error(
        { alarm: 'webhook-unreadable', webhooks },
        'webhooks cannot be read, and are told nothing',
      ),
    onTrouble: (error) => {
      trouble.inc();
      logger.warn({ err: error }, 'no delivery of a webhook could be looked for; it is tried again');
    },
  };
};
