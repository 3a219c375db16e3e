import type { Outbox, OutboxItem } from '../outbox/outbox';
import type { Partitions } from '../store/outbox-store';

const textsKept = 20_000;

/**
 * Which texts the carrier took and the log has: they have left their outboxes by a write of this process. Bounded; the
 * oldest are forgotten. Of partitions that are not ours nothing is said: an owner who did not make these calls may have
 * to do with a store that was set back, and needs every report.
 */
export class SettledTexts {
  readonly #partitions = new Map<string, number>();

  constructor(
    private readonly owned: () => Partitions,
    private readonly most = textsKept,
  ) {}

  /** Once the write is there. */
  note(
    { id, delivery }: Pick<OutboxItem, 'id' | 'delivery'>,
    { partition }: Pick<Outbox, 'partition'>,
  ): void {
    if (delivery.status !== 'SENT') return;
    this.#partitions.set(id, partition);
    if (this.#partitions.size <= this.most) return;
    for (const oldest of this.#partitions.keys()) {
      this.#partitions.delete(oldest);
      return;
    }
  }

  has(id: string): boolean {
    const partition = this.#partitions.get(id);
    return partition !== undefined && this.owned().includes(partition);
  }
}
