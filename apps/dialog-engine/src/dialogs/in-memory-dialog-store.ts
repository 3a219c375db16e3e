import type { Phone } from '@stopcovid/contracts';
import type { Dialog, DialogStore, HoldId } from './dialog-store';

/** Dialogs that nothing outlives: for the playground and for tests. */
export const inMemoryDialogStore = (): DialogStore => {
  const dialogs = new Map<Phone, Dialog>();
  let holds = 0;
  const versionOf = (phone: Phone): number => dialogs.get(phone)?.version ?? 0;
  const holdOf = (dialog: Dialog): HoldId => dialog.hold ?? `hold-${(holds += 1)}`;
  return {
    async load(phones) {
      const found = phones.flatMap((phone) => dialogs.get(phone) ?? []);
      return new Map(found.map((dialog) => [dialog.phone, { kind: 'readable', dialog }]));
    },
    async commit(changes) {
      const conflicts = changes.filter(({ expected, dialog }) => versionOf(dialog.phone) !== expected);
      const lost = new Set(conflicts.map(({ dialog }) => dialog.phone));
      for (const { dialog } of changes) if (!lost.has(dialog.phone)) dialogs.set(dialog.phone, dialog);
      return lost;
    },
    async hold(phones) {
      const marked = phones.flatMap((phone) => dialogs.get(phone) ?? []);
      for (const dialog of marked) dialogs.set(dialog.phone, { ...dialog, hold: holdOf(dialog) });
      return new Map(marked.map(({ phone }) => [phone, dialogs.get(phone)?.hold ?? '']));
    },
  };
};
