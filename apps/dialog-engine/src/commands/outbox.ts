import type { CommandId } from '@stopcovid/contracts';
import type { Dialog, OutboxEntry } from '../dialogs/dialog-store';

/** Where a command stands on its topic's partition. */
export type Position = { readonly partition: number; readonly offset: string };

const keptIds = 64;

/** Whether the command's offset has been committed: that comes after publishing, so its batch is out. */
export const isPublished = (entry: Position, { partition, committed }: Progress): boolean =>
  committed !== undefined && entry.partition === partition && BigInt(entry.offset) < BigInt(committed);

/** How far the group has got on the partition at hand: the next offset to read, once there is one. */
export type Progress = { readonly partition: number; readonly committed: string | undefined };

/** The dialog without the batches that are out; their commands' ids are remembered, the last 64 of them. */
export const settleOutbox = (dialog: Dialog, progress: Progress): Dialog => {
  const out = dialog.outbox.filter((entry) => isPublished(entry, progress));
  if (out.length === 0) return dialog;
  return {
    ...dialog,
    outbox: dialog.outbox.filter((entry) => !out.includes(entry)),
    recentCommandIds: [...dialog.recentCommandIds, ...out.map((entry) => entry.commandId)].slice(-keptIds),
  };
};

/**
 * What is about to be told although its offset is committed stands `here` from now on: of a command that was held nobody
 * knows whether its batch is out, and the process may end before it has told it. Whoever reads the command here again
 * tells it again.
 */
export const keepUntold = (
  dialog: Dialog,
  { here, progress }: { readonly here: Position; readonly progress: Progress },
  toBeTold: readonly OutboxEntry[],
): Dialog => {
  const isUntold = (entry: OutboxEntry): boolean => toBeTold.includes(entry) && isPublished(entry, progress);
  if (!dialog.outbox.some(isUntold)) return dialog;
  return {
    ...dialog,
    outbox: dialog.outbox.map((entry) => (isUntold(entry) ? { ...entry, ...here } : entry)),
  };
};

/**
 * Entries of another partition, or of an offset still to come, are left from before the topic was made anew: nobody
 * will hand their commands over again. They go out before what `here` leads to, and from now on stand where it does.
 */
export const adoptStrays = (
  dialog: Dialog,
  here: Position,
): { dialog: Dialog; strays: readonly OutboxEntry[] } => {
  const isStray = (entry: OutboxEntry): boolean =>
    entry.partition !== here.partition || BigInt(entry.offset) > BigInt(here.offset);
  const strays = dialog.outbox.filter(isStray);
  if (strays.length === 0) return { dialog, strays };
  const outbox = dialog.outbox.map((entry) => (isStray(entry) ? { ...entry, ...here } : entry));
  return { dialog: { ...dialog, outbox }, strays };
};

/** Whether the command was decided so long ago that its batch is known to be out. */
export const isRemembered = (dialog: Dialog, commandId: CommandId): boolean =>
  dialog.recentCommandIds.includes(commandId);
