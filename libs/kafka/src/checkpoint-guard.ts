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

  /** The partitions that end below their checkpoint. A topic made anew may be empty: no batch would ever say so. */
  async shorter(topics: readonly string[]): Promise<readonly Shorter[]> {
    if (!this.fromCheckpoint) return [];
    const found = await this.admin.ask((admin) =>
      Promise.all(topics.map(async (topic) => [topic, await admin.fetchTopicOffsets(topic)] as const)),
    );
    return (await Promise.all(found.map(([topic, ends]) => this.#shorterOf(topic, ends)))).flat();
  }

  async #shorterOf(
    topic: string,
    ends: readonly { readonly partition: number; readonly high: string }[],
  ): Promise<readonly Shorter[]> {
    const found: Shorter[] = [];
    for (const { partition, high } of ends) {
      const checkpoint = await this.fromCheckpoint?.(topic, partition);
      const verdict = judgeStart({ checkpoint, first: high, end: high });
      if (verdict.kind === 'halt') found.push({ place: placeOf(topic, partition), reason: verdict.reason });
    }
    return found;
  }
}
