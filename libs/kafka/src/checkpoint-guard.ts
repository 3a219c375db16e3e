import { placeOf } from './assignment';
import type { Mark, Marks } from './checkpoint-store';
import { isOlder, olderReason, toldMarks } from './database-mark';
import type { KeptAdmin } from './kept-admin';
import type { PartitionRun } from './partition-run';
import { judgeStart, type Halt, type StartVerdict } from './start-check';

/** The next offset to be decided, as far as the service itself knows; undefined when it has decided nothing. */
export type FromCheckpoint = (topic: string, partition: number) => Promise<string | undefined>;

/** A partition that must stand still. */
export type MustHalt = Pick<Halt, 'alarm' | 'reason'> & { readonly place: string };

/** A group, and the marks of its database. */
export type MarkedGroup = { readonly group: string; readonly marks?: Marks };

/** Compares, once per membership and partition and until that is well, where the group stands with what the service has decided. */
export class CheckpointGuard {
  readonly #checked = new WeakMap<AbortSignal, Set<string>>();

  constructor(
    private readonly admin: KeptAdmin,
    private readonly fromCheckpoint: FromCheckpoint | undefined,
    private readonly marked?: MarkedGroup,
  ) {}

  /** Whether there is anything to compare with. */
  get compares(): boolean {
    return this.fromCheckpoint !== undefined || this.marked?.marks !== undefined;
  }

  /** May this batch be worked on? Asks again of a place that is halted. Rejects when the checkpoint cannot be read. */
  async judge(
    { place, membership, payload: { batch } }: PartitionRun,
    halted: boolean,
  ): Promise<StartVerdict> {
    const checked = this.#checked.get(membership.signal) ?? new Set<string>();
    this.#checked.set(membership.signal, checked);
    if (!this.compares || (checked.has(place) && !halted)) return { kind: 'go' };
    const [older] = await this.older([batch.topic], place);
    if (older) return { kind: 'halt', ...older };
    const checkpoint = await this.fromCheckpoint?.(batch.topic, batch.partition);
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
  async shorter(topics: readonly string[]): Promise<readonly MustHalt[]> {
    if (!this.fromCheckpoint) return [];
    const checkpoints = await this.#checkpointsOf(await this.#endsOf(topics));
    const seems = [...checkpoints.values()].filter((each) => judged(each, each.end).kind === 'halt');
    if (seems.length === 0) return [];
    const later = await this.#endsOf([...new Set(seems.map(({ topic }) => topic))]);
    return later.flatMap((end) => {
      const place = placeOf(end.topic, end.partition);
      const verdict = judged(checkpoints.get(place), end.end);
      return verdict.kind === 'halt' ? [{ place, alarm: verdict.alarm, reason: verdict.reason }] : [];
    });
  }

  /**
   * The partitions, all or one, of which the database knows less than it did when the group last committed. What was told
   * is asked for first: the database knew it before it was told.
   */
  async older(topics: readonly string[], only?: string): Promise<readonly MustHalt[]> {
    const { group, marks } = this.marked ?? {};
    if (!marks || group === undefined) return [];
    const told = await this.admin.ask((admin) => toldMarks(admin, group, topics));
    if (only !== undefined && !told.has(only)) await this.#inDatabase(marks, only);
    const asked = [...told].filter(([place]) => only === undefined || place === only);
    const found = await Promise.all(
      asked.map(async ([place, mark]) => ({ place, mark, database: await this.#inDatabase(marks, place) })),
    );
    return found.flatMap(({ place, mark, database }) =>
      isOlder(database, mark)
        ? [{ place, alarm: 'database-older' as const, reason: olderReason(database, mark) }]
        : [],
    );
  }

  #inDatabase(marks: Marks, place: string): Promise<Mark> {
    const cut = place.lastIndexOf('/');
    return marks.mark(place.slice(0, cut), Number(place.slice(cut + 1)));
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
    const decided = ends.map(async (end): Promise<readonly [string, Decided]> => {
      const checkpoint = await this.fromCheckpoint?.(end.topic, end.partition);
      return [placeOf(end.topic, end.partition), { ...end, checkpoint }];
    });
    return new Map(await Promise.all(decided));
  }
}

/** Where a partition ended when it was asked. */
type End = { readonly topic: string; readonly partition: number; readonly end: string };
type Decided = End & { readonly checkpoint: string | undefined };

const judged = (decided: Decided | undefined, end: string): StartVerdict =>
  judgeStart({ checkpoint: decided?.checkpoint, first: end, end });
