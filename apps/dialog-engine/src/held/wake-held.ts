import { topics } from '@stopcovid/contracts';
import type { Publisher } from '@stopcovid/kafka';
import { pause, type Runtime } from '@stopcovid/runtime';
import { readCommand } from '../commands/read-command';
import type { DialogStore, HoldId, StoredDialog } from '../dialogs/dialog-store';
import type { HeldOverview, HeldQueue } from './held-commands';

/** What is looked at to find out whose commands need not wait any more. */
export type WakeParts = {
  readonly held: HeldOverview;
  /** Not one behind a cache: marks come and go. */
  readonly dialogs: Pick<DialogStore, 'load'>;
  readonly publisher: Publisher;
  /** The partitions of the commands' topic that are ours. */
  readonly partitions: () => readonly number[];
  readonly now: () => number;
};

/** Why a phone's commands wait. `ready`: no longer for anything; they are about to be decided. */
export type WaitReason = 'future' | 'unreadable' | 'ready';
export type Waiting = HeldQueue & { readonly reason: WaitReason };

/** A phone that was woken and waits still has its commands in the topic, behind others: it is let be this long. */
const wakeAgainMs = 60_000;

/**
 * Looks once at all that waits and hands the first command of each phone whose wait is over to its topic again: there
 * the held ones are decided before it, in their order, and it is recognised. Answers what waits.
 */
export const wakingHeld = (parts: WakeParts): (() => Promise<readonly Waiting[]>) => {
  const woken = new Map<HoldId, number>();
  return async () => {
    const waiting = await allWaiting(parts);
    const holds = new Set(waiting.map(({ hold }) => hold));
    for (const hold of woken.keys()) if (!holds.has(hold)) woken.delete(hold);
    const due = waiting.filter(
      ({ hold, reason }) => reason === 'ready' && parts.now() - (woken.get(hold) ?? -Infinity) >= wakeAgainMs,
    );
    if (due.length > 0)
      await parts.publisher.publish(
        topics.dialogCommands,
        due.map(({ phone, first }) => ({ key: phone, value: first.value })),
      );
    for (const { hold } of due) woken.set(hold, parts.now());
    return waiting;
  };
};

const allWaiting = async ({ held, dialogs, partitions }: WakeParts): Promise<readonly Waiting[]> => {
  const queues = await held.queues(partitions());
  if (queues.length === 0) return [];
  const stored = await dialogs.load([...new Set(queues.map(({ phone }) => phone))]);
  return queues.flatMap((queue) => {
    const reason = whyWaits(queue, stored.get(queue.phone));
    return reason === undefined ? [] : [{ ...queue, reason }];
  });
};

/** Why a phone's commands wait. Undefined where the mark is gone: then all under it has been decided. */
export const whyWaits = (
  { hold, phone, first }: Pick<HeldQueue, 'hold' | 'phone' | 'first'>,
  stored: StoredDialog | undefined,
): WaitReason | undefined => {
  if (stored?.kind === 'unreadable') return 'unreadable';
  if (stored?.dialog.hold !== hold) return undefined;
  const read = readCommand({ key: phone, value: Buffer.from(first.value) });
  return read.kind === 'future' ? 'future' : 'ready';
};

const everyMs = 10_000;
const mostOfTheTime = 0.05;

/** How long to rest after a look: however much waits, looking takes a twentieth of the time at most. In milliseconds. */
export const restAfter = (lookMs: number): number => Math.max(everyMs, lookMs / mostOfTheTime);

const reasons: readonly WaitReason[] = ['future', 'unreadable', 'ready'];

/** Looks every ten seconds, less often when looking takes long, from the start on, and shows what waits; closes once the look at hand has ended. */
export const keepWaking = (
  parts: WakeParts,
  { metrics, logger }: Pick<Runtime, 'metrics' | 'logger'>,
): { close(): Promise<void> } => {
  const closing = new AbortController();
  const show = shownBy(metrics);
  const wake = wakingHeld(parts);
  const keepLooking = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      const since = performance.now();
      await wake().then(show, (err: unknown) => logger.warn({ err }, 'held commands were not looked at'));
      await pause(restAfter(performance.now() - since), closing.signal);
    }
  };
  const looking = keepLooking();
  return {
    close: () => {
      closing.abort();
      return looking;
    },
  };
};

const shownBy = (metrics: Runtime['metrics']): ((waiting: readonly Waiting[]) => void) => {
  const commands = metrics.gauge('dialog_held_commands', 'Commands that wait, by why', ['reason']);
  const phones = metrics.gauge('dialog_held_phones', 'Phones whose commands wait, by why', ['reason']);
  return (waiting) => {
    for (const reason of reasons) {
      const own = waiting.filter((one) => one.reason === reason);
      phones.set({ reason }, own.length);
      commands.set(
        { reason },
        own.reduce((sum, one) => sum + one.commands, 0),
      );
    }
  };
};
