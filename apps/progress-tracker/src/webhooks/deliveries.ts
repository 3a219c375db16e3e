import { bodyOf, type HookEvent, type Webhook } from './webhook';

/** What a try came to: the status that the address answered with, or why it did not answer. */
export type Answer = { readonly at: Date } & ({ readonly status: number } | { readonly reason: string });

/** One event on its way to one webhook. */
export type Delivery = {
  /** Of the webhook and the event: nothing is on its way twice. */
  readonly id: string;
  readonly webhook: string;
  readonly event: string;
  readonly kind: HookEvent['kind'];
  readonly createdAt: Date;
  readonly body: string;
  readonly state: 'waiting' | 'delivered' | 'failed';
  /** How many tries began. */
  readonly attempts: number;
  /** When it is tried next; of one that is tried now, when it is given up on whoever tries it. */
  readonly nextAt?: Date;
  readonly last?: Answer;
};

/** A delivery of an event, to be tried at once. */
export const deliveryOf = (webhook: Webhook, event: HookEvent, now: Date): Delivery => ({
  id: `${webhook.id}:${event.id}`,
  webhook: webhook.id,
  event: event.id,
  kind: event.kind,
  createdAt: now,
  body: bodyOf(webhook, event),
  state: 'waiting',
  attempts: 0,
  nextAt: now,
});

export type DeliveryPlace = { readonly at: Date; readonly id: string };
export type DeliveryPage = { readonly after?: DeliveryPlace; readonly limit: number };
export type DueDeliveries = { readonly webhook: string; readonly now: Date; readonly limit: number };

/** All that is and was on its way, for thirty days. All methods reject when the store cannot be reached. */
export interface Deliveries {
  /** Adds those that it does not have yet. */
  add(deliveries: readonly Delivery[]): Promise<void>;
  /** The longest due first. */
  due(query: DueDeliveries): Promise<readonly Delivery[]>;
  /** Writes one that is still as it was read. False when somebody else was first. */
  save(before: Delivery, next: Delivery): Promise<boolean>;
  one(id: string): Promise<Delivery | undefined>;
  /** Those of a webhook, the latest first. */
  list(webhook: string, page: DeliveryPage): Promise<readonly Delivery[]>;
  removeOf(webhook: string): Promise<void>;
}

const behind = ({ createdAt, id }: Delivery, after: DeliveryPlace | undefined): boolean =>
  after === undefined || createdAt < after.at || (+createdAt === +after.at && id < after.id);

/** Are they the same, as far as writers change them? */
const isAsRead = (one: Delivery | undefined, other: Delivery): boolean =>
  one !== undefined && one.attempts === other.attempts && one.nextAt?.getTime() === other.nextAt?.getTime();

/** Deliveries in this process alone: gone when it ends. */
export const inMemoryDeliveries = (): Deliveries => {
  const kept = new Map<string, Delivery>();
  return {
    add: (deliveries) => {
      for (const delivery of deliveries) if (!kept.has(delivery.id)) kept.set(delivery.id, delivery);
      return Promise.resolve();
    },
    due: ({ webhook, now, limit }) =>
      Promise.resolve(
        [...kept.values()]
          .filter((each) => each.webhook === webhook && each.nextAt !== undefined && each.nextAt <= now)
          .sort((one, other) => Number(one.nextAt) - Number(other.nextAt))
          .slice(0, limit),
      ),
    save: (before, next) => {
      const saved = isAsRead(kept.get(before.id), before);
      if (saved) kept.set(next.id, next);
      return Promise.resolve(saved);
    },
    one: (id) => Promise.resolve(kept.get(id)),
    list: (webhook, { after, limit }) =>
      Promise.resolve(
        [...kept.values()]
          .filter((each) => each.webhook === webhook && behind(each, after))
          .sort((one, other) => +other.createdAt - +one.createdAt || (one.id < other.id ? 1 : -1))
          .slice(0, limit),
      ),
    removeOf: (webhook) => {
      for (const { id, webhook: of } of kept.values()) if (of === webhook) kept.delete(id);
      return Promise.resolve();
    },
  };
};
