import { type HeldPartitions, type InMemoryLog, offsetAfter } from '@stopcovid/kafka';
import type { Chance } from './chance';
import type { Consumer } from './consumer';

/** One consumer's right to one partition, from one rebalance to the next. */
export type Membership = {
  readonly consumer: Consumer;
  readonly partition: number;
  /** Kafka takes no more commits of it. */
  fenced: boolean;
  /** Its consumer still believes in it. */
  believed: boolean;
  /** Aborted when its consumer believes in it no more. */
  readonly ended: AbortController;
  /** The next offset to read, as far as it was committed here. */
  committed: string | undefined;
};

/** A consumer group over one topic, as its coordinator sees it. */
export class Group {
  #members: Consumer[] = [];
  #memberships: Membership[] = [];
  readonly #joins = new Map<Consumer, number>();

  constructor(
    readonly name: string,
    readonly topic: string,
    private readonly around: {
      readonly log: InMemoryLog;
      readonly chance: Chance;
      /** Told of each commit, with the offset of the record after the last one. */
      readonly onCommit?: (partition: number, offset: string) => void;
    },
  ) {}

  get size(): number {
    return this.#members.length;
  }

  /** What a consumer believes to own. */
  believedBy(consumer: Consumer): readonly number[] {
    return this.#memberships
      .filter((each) => each.consumer === consumer && each.believed)
      .map(({ partition }) => partition);
  }

  /** What a consumer believes to own, and how often it was given partitions. */
  heldBy(consumer: Consumer): HeldPartitions {
    return { partitions: this.believedBy(consumer), joins: this.#joinsOf(consumer) };
  }

  #joinsOf(consumer: Consumer): number {
    return this.#joins.get(consumer) ?? 0;
  }

  join(consumer: Consumer): void {
    this.#members.push(consumer);
    this.rebalance();
  }

  /** A consumer is gone, or is taken for gone while it believes otherwise. */
  leave(consumer: Consumer, knows: boolean): void {
    this.#members = this.#members.filter((member) => member !== consumer);
    for (const membership of this.#memberships)
      if (membership.consumer === consumer) this.#end(membership, knows);
    this.rebalance();
  }

  /** A consumer that stood still finds out, and comes back. */
  wake(consumer: Consumer): void {
    for (const membership of this.#memberships)
      if (membership.consumer === consumer && membership.fenced) this.#end(membership, true);
    if (!this.#members.includes(consumer)) this.join(consumer);
  }

  /** All memberships of members end; everybody gets new ones. */
  rebalance(): void {
    for (const membership of this.#memberships)
      if (this.#members.includes(membership.consumer)) this.#end(membership, true);
    this.#memberships = this.#memberships.filter(({ believed }) => believed);
    if (this.#members.length === 0) return;
    for (const member of this.#members) this.#joins.set(member, this.#joinsOf(member) + 1);
    for (let partition = 0; partition < this.around.log.partitions; partition += 1) {
      const consumer = this.around.chance.pick(this.#members);
      const membership: Membership = {
        consumer,
        partition,
        fenced: false,
        believed: true,
        ended: new AbortController(),
        committed: undefined,
      };
      this.#memberships.push(membership);
      consumer.serve(membership);
    }
  }

  /** The group's offset of one partition is lost in part: it stands up to five records lower. */
  setBack(): void {
    const partition = this.around.chance.below(this.around.log.partitions);
    const committed = Number(this.start(partition));
    const offset = String(Math.max(0, committed - 1 - this.around.chance.below(5)));
    this.around.log.setCommitted(this.name, { topic: this.topic, partition, offset });
  }

  start(partition: number): string {
    return this.around.log.committed(this.name, this.topic, partition) ?? '0';
  }

  isDone(): boolean {
    const { log } = this.around;
    for (let partition = 0; partition < log.partitions; partition += 1)
      if (this.start(partition) !== log.end(this.topic, partition)) return false;
    return true;
  }

  /** Takes a commit, unless the membership is over. */
  commit(membership: Membership, offset: string): boolean {
    if (membership.fenced) return false;
    const { partition } = membership;
    this.around.log.setCommitted(this.name, { topic: this.topic, partition, offset: offsetAfter(offset) });
    membership.committed = offsetAfter(offset);
    this.around.onCommit?.(partition, membership.committed);
    return true;
  }

  #end(membership: Membership, knows: boolean): void {
    membership.fenced = true;
    if (!knows || !membership.believed) return;
    membership.believed = false;
    membership.ended.abort();
  }
}
