import { isEndOfMembership } from './group-errors';
import { type CommitOffset, sharedCommits } from './shared-commits';

/** The name of a partition in maps and messages. */
export const placeOf = (topic: string, partition: number): string => `${topic}/${partition}`;

/** One membership of the group, from a join to the next. */
export type Membership = {
  readonly places: ReadonlySet<string>;
  readonly signal: AbortSignal;
  /**
   * Aborts with `signal`, and when the app stops. One for all batches of the membership: what `AbortSignal.any` makes
   * of signals that live long stays in memory for as long as they do.
   */
  readonly waits: AbortSignal;
  /** The next offset to read of each place, as far as this consumer committed it in this membership. */
  readonly committed: Map<string, string>;
  /** Where a place is to be read again from, until something of it is committed. */
  readonly sought: Map<string, string>;
  /** Commits an offset of one of its places, together with those of others that come at the same time. */
  readonly commit: CommitOffset;
};

/**
 * What this consumer knows of its place in the group. Kafka's word is a hint and never the fence: a consumer that was
 * stopped for long believes that it owns what another works on already.
 */
export class Assignment {
  #places: ReadonlySet<string> = new Set();
  #ended = new AbortController();
  #waits = new AbortController();
  #closing = false;
  #committed = new Map<string, string>();
  #sought = new Map<string, string>();
  #commit = sharedCommits();
  #trouble: unknown;
  #joined = false;

  get joined(): boolean {
    return this.#joined;
  }

  /** The heartbeat's error since the last good one; no slice is begun meanwhile. */
  get trouble(): unknown {
    return this.#trouble;
  }

  /** A new membership begins; all work of the one before is no longer current. */
  join(assigned: Readonly<Record<string, readonly number[]>>): void {
    this.#end();
    this.#ended = new AbortController();
    this.#waits = new AbortController();
    if (this.#closing) this.#waits.abort();
    this.#committed = new Map();
    this.#sought = new Map();
    this.#commit = sharedCommits();
    this.#trouble = undefined;
    this.#joined = true;
    this.#places = new Set(
      Object.entries(assigned).flatMap(([topic, partitions]) =>
        partitions.map((number) => placeOf(topic, number)),
      ),
    );
  }

  /** A heartbeat was answered. */
  wellAgain(): void {
    if (!isEndOfMembership(this.#trouble)) this.#trouble = undefined;
  }

  /**
   * A heartbeat failed. While the group rebalances, the slice at work may still be committed; after any other error
   * of the group the partitions are someone else's.
   */
  failed(error: unknown): void {
    this.#trouble = error;
    if (isEndOfMembership(error)) this.#end();
  }

  /** The consumer left the group. */
  left(): void {
    this.#end();
    this.#places = new Set();
    this.#joined = false;
  }

  /** The app stops: waits end, work at hand is finished. */
  close(): void {
    this.#closing = true;
    this.#waits.abort();
  }

  #end(): void {
    this.#ended.abort();
    this.#waits.abort();
  }

  /** The present membership; its signal aborts when it ends. */
  membership(): Membership {
    return {
      places: this.#places,
      signal: this.#ended.signal,
      waits: this.#waits.signal,
      committed: this.#committed,
      sought: this.#sought,
      commit: this.#commit,
    };
  }
}
