import type { BatchContext } from './batch-context';
import type { CheckpointStore } from './checkpoint-store';
import { type LogRecord, offsetAfter } from './log-record';
import type { Outcome } from './outcome';

type Handle<C> = (records: readonly LogRecord[], context: C) => Promise<readonly Outcome[]>;

export type CheckpointKeeper = {
  readonly checkpoints: CheckpointStore;
  readonly everyMs: number;
  readonly now: () => number;
  readonly onFailed: (error: unknown) => void;
};

/**
 * Remembers how far each partition has been decided, about as often as said. A checkpoint that is behind, or could
 * not be written, costs a few commands that are recognised when they come again.
 */
export const keepCheckpoints = <C extends Pick<BatchContext, 'topic' | 'partition'>>(
  handle: Handle<C>,
  { checkpoints, everyMs, now, onFailed }: CheckpointKeeper,
): Handle<C> => {
  const dueAt = new Map<number, number>();
  return async (records, context) => {
    const outcomes = await handle(records, context);
    const next = decidedUpTo(records, outcomes);
    if (next === undefined || now() < (dueAt.get(context.partition) ?? 0)) return outcomes;
    dueAt.set(context.partition, now() + everyMs);
    await checkpoints.advance(context.topic, context.partition, next).catch(onFailed);
    return outcomes;
  };
};

/** The offset after the last record before which nothing waits. */
const decidedUpTo = (records: readonly LogRecord[], outcomes: readonly Outcome[]): string | undefined => {
  const waiting = outcomes.findIndex(({ kind }) => kind === 'retry');
  const last = records[(waiting === -1 ? records.length : waiting) - 1];
  return last === undefined ? undefined : offsetAfter(last.offset);
};
