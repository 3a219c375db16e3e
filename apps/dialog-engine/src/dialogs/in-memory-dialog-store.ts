import type { Phone } from '@stopcovid/contracts';
import { newDialog, type Dialog, type DialogChange, type DialogStore, type HoldId } from './dialog-store';

/** Dialogs that nothing outlives: for the playground and for tests. */
export const inMemoryDialogStore = (): DialogStore => {
  const dialogs = new Map<Phone, Dialog>();
  let holds = 0;
  const isAsRead = ({ expected, mark, dialog: { phone } }: DialogChange): boolean => {
    const stored = dialogs.get(phone);
    return (stored?.version ?? 0) === expected && (stored?.hold ?? null) === (mark ?? null);
  };
  const holdOf = (dialog: Dialog): HoldId => dialog.hold ?? `hold-${(holds += 1)}`;
  return {
    async load(phones) {
      const found = phones.flatMap((phone) => dialogs.get(phone) ?? []);
      return new Map(found.map((dialog) => [dialog.phone, { kind: 'readable', dialog }]));
    },
    async commit(changes) {
      const conflicts = changes.filter((change) => !isAsRead(change));
      const lost = new Set(conflicts.map(({ dialog }) => dialog.phone));
      for (const { dialog } of changes) if (!lost.has(dialog.phone)) dialogs.set(dialog.phone, dialog);
      return lost;
    },
    async hold(phones) {
      return new Map(
        phones.map((phone) => {
          const dialog = dialogs.get(phone) ?? newDialog(phone);
          const hold = holdOf(dialog);
          dialogs.set(phone, { ...dialog, hold });
          return [phone, hold];
        }),
      );
    },
  };
};
