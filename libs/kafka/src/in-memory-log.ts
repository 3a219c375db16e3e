import { type LogRecord, offsetAfter } from './log-record';
import { partitionOf } from './partition-of';
import type { OutgoingRecord, Publisher } from './publisher';

/** Someone who reads the log: told of each append, asked whether there is something left to do. */
export type LogReader = { wake(topic: string, partition: number): void; isIdle(): boolean };

export type InMemoryLogOptions = {
  /** The time of a record, in milliseconds since 1970. */
  readonly now?: () => number;
};

const place = (topic: string, partition: number): string => `${topic}/${partition}`;

/** Topics in memory, with Kafka's partitions, offsets and groups. Nothing survives the process. */
export class InMemoryLog {
  readonly #records = new Map<string, LogRecord[]>();
  readonly #committed = new Map<string, string>();
  readonly #readers = new Set<LogReader>();
  readonly #waiting = new Set<() => void>();
  readonly #now: () => number;

  constructor(
    readonly partitions = 12,
    options: InMemoryLogOptions = {},
  ) {
    this.#now = options.now ?? Date.now;
  }

  /** Writes one record at the end of its key's partition and gives it back with its offset. */
  append(topic: string, record: OutgoingRecord): LogRecord {
    return this.appendRaw({ ...record, topic, partition: partitionOf(record.key, this.partitions) });
  }

  /** Writes one record to the partition named, also without a key or a value. */
  appendRaw(raw: {
    readonly topic: string;
    readonly partition: number;
    readonly key: string | null;
    readonly value: string | Buffer | null;
    readonly headers?: Readonly<Record<string, string>>;
  }): LogRecord {
    const records = this.#partition(raw.topic, raw.partition);
    const record: LogRecord = {
      topic: raw.topic,
      partition: raw.partition,
      offset: String(records.length),
      key: raw.key,
      value: typeof raw.value === 'string' ? Buffer.from(raw.value) : raw.value,
      headers: raw.headers ?? {},
      timestamp: this.#now(),
    };
    records.push(record);
    for (const reader of this.#readers) reader.wake(raw.topic, raw.partition);
    return record;
  }

  /** At most `limit` records of a partition from an offset on. */
  read(
    at: { readonly topic: string; readonly partition: number; readonly offset: string },
    limit = 500,
  ): readonly LogRecord[] {
    const from = Number(at.offset);
    return this.#partition(at.topic, at.partition).slice(from, from + limit);
  }

  /** Every record of a topic, partition by partition. */
  records(topic: string): readonly LogRecord[] {
    return Array.from({ length: this.partitions }, (_, partition) =>
      this.#partition(topic, partition),
    ).flat();
  }

  /** The names of all topics that hold a record. */
  topics(): readonly string[] {
    return [...new Set([...this.#records.values()].flatMap((records) => records[0]?.topic ?? []))];
  }

  /** The offset that the next record of a partition gets. */
  end(topic: string, partition: number): string {
    return String(this.#partition(topic, partition).length);
  }

  /** The next offset that a group reads, or undefined when it has committed none. */
  committed(group: string, topic: string, partition: number): string | undefined {
    return this.#committed.get(`${group} ${place(topic, partition)}`);
  }

  /** Remembers the next offset that a group reads. */
  commit(group: string, record: LogRecord): void {
    this.#committed.set(`${group} ${place(record.topic, record.partition)}`, offsetAfter(record.offset));
  }

  /** Sets a group back or ahead by hand, as an operator would; only while it does not read. */
  setCommitted(
    group: string,
    at: { readonly topic: string; readonly partition: number; readonly offset: string },
  ): void {
    this.#committed.set(`${group} ${place(at.topic, at.partition)}`, at.offset);
  }

  /** Adds a reader; the function that comes back removes it. */
  attach(reader: LogReader): () => void {
    this.#readers.add(reader);
    return () => {
      this.#readers.delete(reader);
      this.settled();
    };
  }

  /** Called by readers when they may have become idle. */
  settled(): void {
    if (![...this.#readers].every((reader) => reader.isIdle())) return;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  /** Resolves when every reader has handled and committed all that there is. A partition that waits is not idle. */
  drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
      this.settled();
    });
  }

  #partition(topic: string, partition: number): LogRecord[] {
    const known = this.#records.get(place(topic, partition));
    if (known) return known;
    const fresh: LogRecord[] = [];
    this.#records.set(place(topic, partition), fresh);
    return fresh;
  }
}

/** A publisher into the log in memory; it never fails. */
export const inMemoryPublisher = (log: InMemoryLog): Publisher => ({
  publish(topic, records) {
    for (const record of records) log.append(topic, record);
    return Promise.resolve();
  },
  close: () => Promise.resolve(),
});
