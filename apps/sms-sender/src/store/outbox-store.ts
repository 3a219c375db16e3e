import type { Phone } from '@stopcovid/contracts';
import type { Outbox, Priority } from '../outbox/outbox';

/** Which partitions of `dialog.events.v1` this replica serves. */
export type Partitions = 'all' | readonly number[];

export type DueQuery = {
  readonly partitions: Partitions;
  readonly priority: Priority;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly limit: number;
};

/** Keeps what is on its way, one outbox per phone. */
export interface OutboxStore {
  load(phones: readonly Phone[]): Promise<ReadonlyMap<Phone, Outbox>>;
  /**
   * Writes each outbox only if the stored one still has its `revision` (0: there is none); the stored one then has the
   * next. Answers the phones that somebody else wrote first; all others are durable.
   */
  save(outboxes: readonly Outbox[]): Promise<ReadonlySet<Phone>>;
  /** Outboxes with something to do at `at`, the longest waiting first. */
  due(query: DueQuery): Promise<readonly Outbox[]>;
  /** How many phones wait for what a schedule or an operator sends, on any partition; counted up to `most`, 1 or more. */
  waiting(most: number): Promise<number>;
}

/** What the store holds after `outbox` was saved without a conflict. */
export const saved = (outbox: Outbox): Outbox => ({ ...outbox, revision: outbox.revision + 1 });
