import type { EachBatchPayload } from 'kafkajs';
import { type Membership, placeOf } from './assignment';
import { BatchContext } from './batch-context';
import type { Marks } from './checkpoint-store';
import { markText } from './database-mark';
import type { LogRecord } from './log-record';

type KafkaMessage = EachBatchPayload['batch']['messages'][number];

const headerText = (value: unknown): string => {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return Buffer.isBuffer(first) ? first.toString('utf8') : String(first ?? '');
};

/** A record as kafkajs hands it over, in our own form. */
export const toLogRecord = (topic: string, partition: number, message: KafkaMessage): LogRecord => ({
  topic,
  partition,
  offset: message.offset,
  key: message.key?.toString('utf8') ?? null,
  value: message.value,
  headers: Object.fromEntries(
    Object.entries(message.headers ?? {}).map(([name, value]) => [name, headerText(value)]),
  ),
  timestamp: Number(message.timestamp),
});

/** A batch of one partition at work, from its fetch to its last commit. */
export class PartitionRun {
  readonly place: string;
  readonly context: BatchContext;
  readonly #marks: Marks | undefined;
  #seekTo: string | undefined;

  constructor(
    readonly payload: EachBatchPayload,
    readonly membership: Membership,
    about: { readonly group: string; readonly marks?: Marks },
  ) {
    const { topic, partition } = payload.batch;
    this.#marks = about.marks;
    this.place = placeOf(topic, partition);
    this.context = new BatchContext({
      topic,
      partition,
      group: about.group,
      signal: membership.waits,
      committedOffset: () => this.next,
      isCurrent: () => this.isCurrent(),
      heartbeat: () => payload.heartbeat(),
      seek: (offset) => {
        this.#seekTo = offset;
      },
    });
  }

  /** The next offset to work on, once one was committed in this membership. */
  get next(): string | undefined {
    return this.membership.committed.get(this.place);
  }

  get seekTo(): string | undefined {
    return this.#seekTo;
  }

  /** Does the partition still belong to the membership in which this batch was fetched? */
  isCurrent(): boolean {
    return !this.membership.signal.aborted && this.membership.places.has(this.place);
  }

  /**
   * Commits that everything below this offset is done, and tells beside it how far the database is known to have come.
   * Nothing is committed, and nothing remembered, where the partition is lost before the request leaves.
   */
  async commit(offset: string, last: LogRecord): Promise<void> {
    const { topic, partition } = this.payload.batch;
    const mark = this.#marks?.known(topic, partition);
    const isCommitted = await this.membership.commit({
      topic,
      partition,
      offset,
      ...(mark === undefined ? {} : { metadata: markText(mark) }),
      isCurrent: () => this.isCurrent(),
      send: (offsets) => this.payload.commitOffsetsIfNecessary(offsets),
    });
    if (!isCommitted) return;
    this.payload.resolveOffset(last.offset);
    this.membership.committed.set(this.place, offset);
    this.membership.sought.delete(this.place);
  }

  /** Slices of at most so many records, in order. */
  *slices(size: number): Generator<readonly LogRecord[]> {
    const { topic, partition, messages } = this.payload.batch;
    for (let from = 0; from < messages.length; from += size)
      yield messages.slice(from, from + size).map((message) => toLogRecord(topic, partition, message));
  }
}
