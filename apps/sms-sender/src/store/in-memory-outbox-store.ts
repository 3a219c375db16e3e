import type { Phone } from '@stopcovid/contracts';
import { dueAt, priorityOf, type Outbox } from '../outbox/outbox';
import { saved, type DueQuery, type OutboxStore } from './outbox-store';

/** Outboxes in memory: for the playground and for tests. Nothing survives the process. */
export const inMemoryOutboxStore = (): OutboxStore => {
  const outboxes = new Map<Phone, Outbox>();
  const pending = new Set<Phone>();
  const save = (outbox: Outbox): boolean => {
    if ((outboxes.get(outbox.phone)?.revision ?? 0) !== outbox.revision) return false;
    outboxes.set(outbox.phone, saved(outbox));
    if (dueAt(outbox) === null) pending.delete(outbox.phone);
    else pending.add(outbox.phone);
    return true;
  };
  const withPending = (): readonly Outbox[] => [...pending].flatMap((phone) => outboxes.get(phone) ?? []);
  return {
    load: (phones) =>
      Promise.resolve(
        new Map(
          phones.flatMap((phone) => {
            const outbox = outboxes.get(phone);
            return outbox ? [[phone, outbox] as const] : [];
          }),
        ),
      ),
    save: (changed) =>
      Promise.resolve(new Set(changed.filter((outbox) => !save(outbox)).map(({ phone }) => phone))),
    due: (query) =>
      Promise.resolve(
        withPending()
          .filter((outbox) => isDue(outbox, query))
          .sort((a, b) => a.notBefore - b.notBefore)
          .slice(0, query.limit),
      ),
    waiting: (most) =>
      Promise.resolve(
        Math.min(most, withPending().filter((outbox) => priorityOf(outbox) === 'later').length),
      ),
  };
};

const isDue = (outbox: Outbox, { partitions, priority, at }: DueQuery): boolean => {
  const due = dueAt(outbox);
  return (
    due !== null &&
    due <= at &&
    priorityOf(outbox) === priority &&
    (partitions === 'all' || partitions.includes(outbox.partition))
  );
};
