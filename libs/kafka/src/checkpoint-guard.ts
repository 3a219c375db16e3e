import { placeOf } from './assignment';
import type { KeptAdmin } from './kept-admin';
import type { PartitionRun } from './partition-run';
import { judgeStart, type StartVerdict } from './start-check';

/** The next offset to be decided, as far as the service itself knows; undefined when it has decided nothing. */
export type FromCheckpoint = (topic: string, partition: number) => Promise<string | undefined>;

/** A partition that ends below its checkpoint. */
export type Shorter = { readonly place: string; readonly reason: string };

/** Compares, once per membership and partition and until that is well, where the group stands with what the service has decided. */
export class CheckpointGuard {
  readonly #checked = new WeakMap<AbortSignal, Set<string>>();

  constructor(
    private readonly admin: KeptAdmin,
    private readonly fromCheckpoint: FromCheckpoint | undefined,
  ) {}

  /** Whether there is anything to compare with. */
  get compares(): boolean {
    return this.fromCheckpoint !== undefined;
  }

  /** May this batch be worked on? Asks again of a place that is halted. Rejects when the checkpoint cannot be read. */
  async judge(
    { place, membership, payload: { batch } }: PartitionRun,
    halted: boolean,
  ): Promise<StartVerdict> {
    const checked = this.#checked.get(membership.signal) ?? new Set<string>();
    this.#checked.set(membership.signal, checked);
    if (!this.fromCheckpoint || (checked.has(place) && !halted)) return { kind: 'go' };
    const checkpoint = await this.fromCheckpoint(batch.topic, batch.partition);
    const end = batch.highWatermark;
    const verdict = judgeStart({ checkpoint, first: batch.firstOffset() ?? end, end });
    if (verdict.kind !== 'halt') checked.add(place);
    return verdict;
  }

  /**
   * The partitions that end below their checkpoint. A topic made anew may be empty: no batch would ever say so. What
   * seems shorter is looked at once more, since records come and are decided between the look at an end and the look
   * at its checkpoint.
   */
  async shorter(topics: readonly string[]): Promise<readonly Shorter[]> {
    if (!this.fromCheckpoint) return [];
    const checkpoints = await this.#checkpointsOf(await this.#endsOf(topics));
    const seems = [...checkpoints.values()].filter((each) => judged(each, each.end).kind === 'halt');
    if (seems.length === 0) return [];
    const later = await this.#endsOf([...new Set(seems.map(({ topic }) => topic))]);
    return later.flatMap((end) => {
      const place = placeOf(end.topic, end.partition);
      const verdict = judged(checkpoints.get(place), end.end);
      return verdict.kind === 'halt' ? [{ place, reason: verdict.reason }] : [];
    });
  }

  async #endsOf(topics: readonly string[]): Promise<readonly End[]> {
    const found = await this.admin.ask((admin) =>
      Promise.all(topics.map(async (topic) => [topic, await admin.fetchTopicOffsets(topic)] as const)),
    );
    return found.flatMap(([topic, ends]) =>
      ends.map(({ partition, high }) => ({ topic, partition, end: high })),
    );
  }

  async #checkpointsOf(ends: readonly End[]): Promise<ReadonlyMap<string, Decided>> {
    const found = new Map<string, Decided>();
    for (const end of ends) {
      const checkpoint = await this.fromCheckpoint?.(end.topic, end.partition);
      found.set(placeOf(end.topic, end.partition), { ...end, checkpoint });
    }
    return found;
  }
}

/** Where a partition ended when it was asked. */
type End = { readonly topic: string; readonly partition: number; readonly end: string };
type Decided = End & { readonly checkpoint: string | undefined };

const judged = (decided: Decided | undefined, end: string): StartVerdict =>
  judgeStart({ checkpoint: decided?.checkpoint, first: end, end });
