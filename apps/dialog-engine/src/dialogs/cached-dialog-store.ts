import type { Phone } from '@stopcovid/contracts';
import { LatestMap } from '@stopcovid/runtime';
import type { Dialog, DialogStore, StoredDialog } from './dialog-store';

/**
 * Keeps the most recently written dialogs in memory, at most `capacity`. It may be behind the store after a
 * rebalance: the compare-and-set finds that out, and a conflict or a failed write forgets the phone. Whoever writes nothing
 * has to read afresh.
 */
export const cachedDialogStore = (store: DialogStore, capacity: number): DialogStore => {
  const recent = new LatestMap<Phone, Dialog>(capacity);
  const forget = (phones: Iterable<Phone>): void => {
    for (const phone of phones) recent.delete(phone);
  };
  return {
    async load(phones, how) {
      if (how === 'afresh') forget(phones);
      const known = phones.flatMap((phone) => recent.get(phone) ?? []);
      const unknown = phones.filter((phone) => !recent.has(phone));
      const loaded = unknown.length > 0 ? await store.load(unknown) : [];
      const cached = known.map((dialog): [Phone, StoredDialog] => [
        dialog.phone,
        { kind: 'readable', dialog },
      ]);
      return new Map([...cached, ...loaded]);
    },
    async commit(changes) {
      forget(changes.map(({ dialog }) => dialog.phone));
      const conflicts = await store.commit(changes);
      for (const { dialog } of changes) if (!conflicts.has(dialog.phone)) recent.set(dialog.phone, dialog);
      return conflicts;
    },
    hold(phones) {
      forget(phones);
      return store.hold(phones);
    },
  };
};
