import { placeOf } from './assignment';
import type { BatchContext } from './batch-context';
import type { CheckpointStore, Reached } from './checkpoint-store';
import { type LogRecord, offsetAfter } from './log-record';
import type { Outcome } from './outcome';

type Handle<C> = (records: readonly LogRecord[], context: C) => Promise<readonly Outcome[]>;

export type CheckpointKeeper = {
  readonly checkpoints: CheckpointStore;
  readonly everyMs: number;
  readonly now: () => number;
  /** How time passes. */
  readonly pause: (ms: number) => Promise<void>;
  readonly onFailed: (error: unknown) => void;
};

type Moved = Reached & Pick<BatchContext, 'isCurrent'>;

/** What has moved since it was written last, and the writing of it: all partitions at once, no more often than said. */
class MovedCheckpoints {
  readonly #moved = new Map<string, Moved>();
  #dueAt = -Infinity;
  #isPlanned = false;

  constructor(private readonly keeper: CheckpointKeeper) {}

  /** Resolves when it is written, where that is due; otherwise it is written with what moves until then. */
  async move(moved: Moved): Promise<void> {
    this.#moved.set(placeOf(moved.topic, moved.partition), moved);
    const left = Math.min(this.#dueAt - this.keeper.now(), this.keeper.everyMs);
    if (left <= 0) await this.#write();
    else if (!this.#isPlanned) void this.#writeAfter(left);
  }

  async #writeAfter(ms: number): Promise<void> {
    this.#isPlanned = true;
    await this.keeper.pause(ms);
    this.#isPlanned = false;
    await this.#write();
  }

  /** A partition that is not ours any more is left to its owner. */
  async #write(): Promise<void> {
    const { checkpoints, everyMs, now, onFailed } = this.keeper;
    const ours = [...this.#moved.values()].filter(({ isCurrent }) => isCurrent());
    this.#moved.clear();
    if (ours.length === 0) return;
    this.#dueAt = now() + everyMs;
    const reached = ours.map(({ topic, partition, offset }) => ({ topic, partition, offset }));
    await checkpoints.advance(reached).catch(onFailed);
  }
}

/**
 * Remembers how far each partition has been decided, about as often as said. A checkpoint that is behind, or could
 * not be written, costs a few commands that are recognised when they come again.
 */
export const keepCheckpoints = <C extends Pick<BatchContext, 'topic' | 'partition' | 'isCurrent'>>(
  handle: Handle<C>,
  keeper: CheckpointKeeper,
): Handle<C> => {
  const checkpoints = new MovedCheckpoints(keeper);
  return async (records, context) => {
    const outcomes = await handle(records, context);
    const offset = decidedUpTo(records, outcomes);
    const { topic, partition } = context;
    if (offset !== undefined)
      await checkpoints.move({ topic, partition, offset, isCurrent: () => context.isCurrent() });
    return outcomes;
  };
};

/** The offset after the last record before which nothing waits. */
const decidedUpTo = (records: readonly LogRecord[], outcomes: readonly Outcome[]): string | undefined => {
  const waiting = outcomes.findIndex(({ kind }) => kind === 'retry');
  const last = records[(waiting === -1 ? records.length : waiting) - 1];
  return last === undefined ? undefined : offsetAfter(last.offset);
};
