import type { Phone } from '@stopcovid/contracts';
import type { Documents, Known } from '@stopcovid/projections';
import type { Outbox } from '../outbox/outbox';
import type { Found, OutboxStore } from '../store/outbox-store';

const knownIn = ({ outboxes, unreadable }: Found, phone: Phone): Known<Outbox> => {
  const reason = unreadable.get(phone);
  if (reason !== undefined) return { kind: 'unreadable', reason };
  const value = outboxes.get(phone);
  return value === undefined ? { kind: 'none' } : { kind: 'readable', value };
};

/** The outboxes, as the reader of the topic asks for them. */
export const outboxDocuments = (store: Pick<OutboxStore, 'load' | 'save'>): Documents<Outbox> => ({
  load: async (arrivals) => {
    const phones = [...arrivals.keys()];
    const found = await store.load(phones);
    return new Map(phones.map((phone) => [phone, knownIn(found, phone)]));
  },
  save: (changes) => store.save(changes.map(({ next }) => next)),
});
