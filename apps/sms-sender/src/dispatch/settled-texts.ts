import { type HeldPartitions, HoldingWatch } from '@stopcovid/kafka';
import { LatestMap } from '@stopcovid/runtime';
import type { Outbox, OutboxItem } from '../outbox/outbox';

const textsKept = 20_000;

/**
 * Which texts the carrier took and the log has: they have left their outboxes by a write of this process. Bounded; the
 * oldest are forgotten. Of partitions that are not ours, or were not all the time since, nothing is said: an owner who did
 * not make these calls may have to do with a store that was set back, and needs every report.
 */
export class SettledTexts {
  readonly #partitions: LatestMap<string, number>;
  readonly #watch = new HoldingWatch();

  constructor(
    private readonly held: () => HeldPartitions,
    most = textsKept,
  ) {
    this.#partitions = new LatestMap(most);
  }

  /** Once the write is there. */
  note(
    { id, delivery }: Pick<OutboxItem, 'id' | 'delivery'>,
    { partition }: Pick<Outbox, 'partition'>,
  ): void {
    this.#follow();
    if (delivery.status === 'SENT') this.#partitions.set(id, partition);
  }

  has(id: string): boolean {
    const { partitions } = this.#follow();
    const partition = this.#partitions.get(id);
    return partition !== undefined && partitions.includes(partition);
  }

  /** Another replica may have served the same partitions between two times that they were given to this one. */
  #follow(): HeldPartitions {
    const held = this.held();
    if (this.#watch.look(held) === 'anew') this.#partitions.clear();
    return held;
  }
}
