import { randomUUID } from 'node:crypto';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { LogRecord } from './log-record';
import { toLogRecord } from './partition-run';
import type { ReadingProgress } from './reading-progress';

/** The brokers answer, but give nothing more although the end is not reached. */
export class ReadingStalled extends Error {
  override readonly name = 'ReadingStalled';

  constructor(topic: string) {
    super(`${topic} gives no more records although its end is not reached; are all its partitions served?`);
  }
}

/** What is to be read, and whom to tell. */
export type ReadingTask = {
  readonly topic: string;
  readonly progress: ReadingProgress;
  readonly visit: (records: readonly LogRecord[]) => void | Promise<void>;
  readonly onProgress?: (read: number, total: number) => void;
  readonly signal?: AbortSignal;
};

/** How long the brokers may give nothing before a reading is given up, in milliseconds. */
const patienceMs = 30_000;

/** One reading by a consumer that is alone in its group and commits nothing. */
export class TopicReading {
  readonly group = `dialog-reads-${randomUUID()}`;
  readonly #consumer: Consumer;
  #over = false;
  #patience: NodeJS.Timeout | undefined;
  #settle: (error?: unknown) => void = () => undefined;

  constructor(
    kafka: Kafka,
    private readonly task: ReadingTask,
  ) {
    this.#consumer = kafka.consumer({
      groupId: this.group,
      allowAutoTopicCreation: false,
      sessionTimeout: 60_000,
      maxWaitTimeInMs: 200,
      retry: { initialRetryTime: 100, maxRetryTime: 3_000, retries: 6 },
    });
  }

  /** Resolves at the end; rejects with what the visitor or Kafka threw, or with the reason of the signal. */
  async run(): Promise<void> {
    const { signal } = this.task;
    const stop = (): void => this.#end(signal?.reason);
    signal?.addEventListener('abort', stop, { once: true });
    const ended = new Promise<void>((resolve, reject) => {
      this.#settle = (error) => (error === undefined ? resolve() : reject(error));
    });
    this.#listen();
    this.#wait();
    const begun = this.#begin().catch((error: unknown) => this.#end(error));
    try {
      await ended;
    } finally {
      signal?.removeEventListener('abort', stop);
      await begun;
      await this.#consumer.disconnect();
    }
  }

  async #begin(): Promise<void> {
    await this.#consumer.connect();
    if (this.#over) return;
    await this.#consumer.subscribe({ topics: [this.task.topic], fromBeginning: true });
    if (this.#over) return;
    await this.#consumer.run({ autoCommit: false, eachBatch: (payload) => this.#eachBatch(payload) });
  }

  #end(error?: unknown): void {
    this.#over = true;
    clearTimeout(this.#patience);
    this.#settle(error);
  }

  #wait(): void {
    clearTimeout(this.#patience);
    if (this.#over) return;
    this.#patience = setTimeout(() => this.#end(new ReadingStalled(this.task.topic)), patienceMs);
  }

  #listen(): void {
    const { events } = this.#consumer;
    this.#consumer.on(events.GROUP_JOIN, ({ payload }) =>
      this.#place(payload.memberAssignment[this.task.topic] ?? []),
    );
    this.#consumer.on(events.CRASH, ({ payload: { error, restart } }) => {
      if (!restart) this.#end(error);
    });
    /* Tells also of batches that hold nothing for us, such as the marks of transactions. */
    this.#consumer.on(events.END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) =>
      this.#advance(partition, lastOffset),
    );
  }

  /** A member starts at the beginning each time that it joins: put it where the reading stands. */
  #place(partitions: readonly number[]): void {
    const { topic, progress } = this.task;
    for (const partition of partitions) {
      const offset = progress.next(partition);
      if (offset === undefined) this.#consumer.pause([{ topic, partitions: [partition] }]);
      else this.#consumer.seek({ topic, partition, offset });
    }
  }

  #advance(partition: number, last: string): void {
    if (this.#over || !this.task.progress.advance(partition, last)) return;
    const { topic, progress, onProgress } = this.task;
    onProgress?.(progress.read, progress.total);
    if (progress.isDone) return this.#end();
    if (progress.next(partition) === undefined) this.#consumer.pause([{ topic, partitions: [partition] }]);
    this.#wait();
  }

  async #eachBatch({ batch, heartbeat }: EachBatchPayload): Promise<void> {
    if (this.#over) return;
    const { topic, partition, messages } = batch;
    const records = messages.map((message) => toLogRecord(topic, partition, message));
    const wanted = this.task.progress.wanted(records);
    clearTimeout(this.#patience);
    try {
      if (wanted.length > 0) await this.task.visit(wanted);
      this.#advance(partition, batch.lastOffset());
    } catch (error) {
      return this.#end(error ?? new Error('the visitor failed without saying why'));
    }
    await heartbeat();
  }
}
