import type { Phone } from '@stopcovid/contracts';
import type { Arrival, Documents, Known } from '@stopcovid/projections';
import type { Outbox } from '../outbox/outbox';
import type { Found, OutboxStore } from '../store/outbox-store';
import type { RecentOutboxes } from '../store/recent-outboxes';

export type OutboxSource = {
  readonly store: Pick<OutboxStore, 'load' | 'save'>;
  readonly recent: Pick<RecentOutboxes, 'of'>;
};

const nothing: Found = { outboxes: new Map(), unreadable: new Map() };

const knownIn = ({ outboxes, unreadable }: Found, phone: Phone): Known<Outbox> => {
  const reason = unreadable.get(phone);
  if (reason !== undefined) return { kind: 'unreadable', reason };
  const value = outboxes.get(phone);
  return value === undefined ? { kind: 'none' } : { kind: 'readable', value };
};

/** Batches that come next are all taken in, and so the outbox is written. */
const comeNext = ({ lastVersion }: Outbox, arrivals: readonly Arrival[]): boolean =>
  arrivals.length > 0 && arrivals.every(({ batch }, index) => batch.version === lastVersion + 1 + index);

/**
 * The outboxes, as the reader of the topic asks for them: as they were left here, where what is made of them is sure to
 * be written and so compared; else as the store has them.
 */
export const outboxDocuments = ({ store, recent }: OutboxSource): Documents<Outbox> => {
  const left = (phone: Phone, arrivals: readonly Arrival[]): Known<Outbox> | undefined => {
    const value = recent.of(phone);
    return value && comeNext(value, arrivals) ? { kind: 'readable', value } : undefined;
  };
  return {
    load: async (arrivals) => {
      const known = new Map([...arrivals].map(([phone, own]) => [phone, left(phone, own)]));
      const asked = [...known].flatMap(([phone, outbox]) => (outbox === undefined ? [phone] : []));
      const found = asked.length === 0 ? nothing : await store.load(asked);
      return new Map([...known].map(([phone, outbox]) => [phone, outbox ?? knownIn(found, phone)]));
    },
    save: (changes) => store.save(changes.map(({ next }) => next)),
  };
};
