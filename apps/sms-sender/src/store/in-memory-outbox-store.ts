import type { Phone } from '@stopcovid/contracts';
import { dueAt, laneOf, priorityOf, type Outbox } from '../outbox/outbox';
import { saved, type DueQuery, type Found, type OutboxStore } from './outbox-store';

/**
 * Outboxes in memory: for the playground and for tests. Nothing survives the process. `spoiled` says of which phones
 * the document cannot be read: somebody else has written it.
 */
export const inMemoryOutboxStore = (spoiled: ReadonlySet<Phone> = new Set()): OutboxStore => {
  const outboxes = new Map<Phone, Outbox>();
  const pending = new Set<Phone>();
  const putOff = new Map<Phone, number>();
  const save = (outbox: Outbox): boolean => {
    const stored = outboxes.get(outbox.phone)?.revision ?? 0;
    if (spoiled.has(outbox.phone) || stored !== outbox.revision) return false;
    outboxes.set(outbox.phone, saved(outbox));
    putOff.delete(outbox.phone);
    if (dueAt(outbox) === null) pending.delete(outbox.phone);
    else pending.add(outbox.phone);
    return true;
  };
  const withPending = (): readonly Outbox[] => [...pending].flatMap((phone) => outboxes.get(phone) ?? []);
  const found = (all: readonly Outbox[]): Found => ({
    outboxes: new Map(all.flatMap((outbox) => (spoiled.has(outbox.phone) ? [] : [[outbox.phone, outbox]]))),
    unreadable: new Map(all.flatMap(({ phone }) => (spoiled.has(phone) ? [[phone, 'spoiled']] : []))),
  });
  return {
    load: (phones) => Promise.resolve(found(phones.flatMap((phone) => outboxes.get(phone) ?? []))),
    save: (changed) =>
      Promise.resolve(new Set(changed.filter((outbox) => !save(outbox)).map(({ phone }) => phone))),
    due: (query) =>
      Promise.resolve(
        found(
          withPending()
            .filter((outbox) => isDue(outbox, query) && !spoiled.has(outbox.phone))
            .filter(({ phone }) => (putOff.get(phone) ?? query.at) <= query.at)
            .sort((a, b) => a.notBefore - b.notBefore)
            .slice(0, query.limit),
        ),
      ),
    putOff: (phones, until) => {
      for (const phone of phones) putOff.set(phone, until);
      return Promise.resolve();
    },
    waiting: ({ priority, until, most }) => {
      const due = withPending().filter((outbox) => (dueAt(outbox) ?? Infinity) <= until);
      return Promise.resolve(Math.min(most, due.filter((outbox) => priorityOf(outbox) === priority).length));
    },
  };
};

const isDue = (outbox: Outbox, { partitions, lane, at }: DueQuery): boolean => {
  const due = dueAt(outbox);
  return due !== null && due <= at && laneOf(outbox) === lane && partitions.includes(outbox.partition);
};
