import { LatestMap } from '@stopcovid/runtime';
import type { Outbox, OutboxItem } from '../outbox/outbox';
import type { Partitions } from '../store/outbox-store';

const textsKept = 20_000;

/**
 * Which texts the carrier took and the log has: they have left their outboxes by a write of this process. Bounded; the
 * oldest are forgotten. Of partitions that are not ours nothing is said: an owner who did not make these calls may have
 * to do with a store that was set back, and needs every report.
 */
export class SettledTexts {
  readonly #partitions: LatestMap<string, number>;

  constructor(
    private readonly owned: () => Partitions,
    most = textsKept,
  ) {
    this.#partitions = new LatestMap(most);
  }

  /** Once the write is there. */
  note(
    { id, delivery }: Pick<OutboxItem, 'id' | 'delivery'>,
    { partition }: Pick<Outbox, 'partition'>,
  ): void {
    if (delivery.status === 'SENT') this.#partitions.set(id, partition);
  }

  has(id: string): boolean {
    const partition = this.#partitions.get(id);
    return partition !== undefined && this.owned().includes(partition);
  }
}
