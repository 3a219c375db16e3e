import { deliveryOf, type Deliveries } from './deliveries';
import { wants, type HookEvent } from './webhook';
import type { Webhooks } from './webhooks';

/** What is needed to tell webhooks of something. */
export type AnnounceParts = {
  readonly webhooks: Pick<Webhooks, 'enabled'>;
  readonly deliveries: Pick<Deliveries, 'add'>;
  readonly now: () => Date;
};

/** Puts events on their way to whoever wants to hear of them. Doing it again changes nothing. */
export const announce = async (
  { webhooks, deliveries, now }: AnnounceParts,
  events: readonly HookEvent[],
): Promise<void> => {
  if (events.length === 0) return;
  const at = now();
  const { webhooks: all } = await webhooks.enabled();
  await deliveries.add(
    all.flatMap((webhook) =>
      events.filter((event) => wants(webhook, event, at)).map((event) => deliveryOf(webhook, event, at)),
    ),
  );
};
