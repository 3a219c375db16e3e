import type { Phone } from '@stopcovid/contracts';
import type { Lane, Outbox, Priority } from '../outbox/outbox';

/** Which partitions of `dialog.events.v1` this replica serves. */
export type Partitions = readonly number[];

export type DueQuery = {
  readonly partitions: Partitions;
  readonly lane: Lane;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly limit: number;
};

export type WaitingQuery = { readonly priority: Priority; readonly until: number; readonly most: number };

/** Outboxes in the order asked for, and beside them the phones whose document cannot be read, each with the reason. */
export type Found = {
  readonly outboxes: ReadonlyMap<Phone, Outbox>;
  readonly unreadable: ReadonlyMap<Phone, string>;
};

/** A document that cannot be read is looked at again so much later: it stands in nobody's way. */
export const unreadablePauseMs = 60_000;

/** Keeps what is on its way, one outbox per phone. */
export interface OutboxStore {
  load(phones: readonly Phone[]): Promise<Found>;
  /**
   * Writes each outbox only if the stored one still has its `revision` (0: there is none); the stored one then has the
   * next. Answers the phones that somebody else wrote first; all others are durable.
   */
  save(outboxes: readonly Outbox[]): Promise<ReadonlySet<Phone>>;
  /** Outboxes with something to do at `at`, the longest waiting first. */
  due(query: DueQuery): Promise<Found>;
  /** What these phones have to do is due no earlier than then (milliseconds since 1970), until they are written again. */
  putOff(phones: readonly Phone[], until: number): Promise<void>;
  /**
   * How many phones of this priority have something to do by `until` (milliseconds since 1970), on any partition; counted
   * up to `most`, 1 or more.
   */
  waiting(query: WaitingQuery): Promise<number>;
}

/** What the store holds after `outbox` was saved without a conflict. */
export const saved = (outbox: Outbox): Outbox => ({ ...outbox, revision: outbox.revision + 1 });
