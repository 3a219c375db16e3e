import type { CustomTransportStrategy } from '@nestjs/microservices';
import { type Backoff, backoffMs, pause } from '@stopcovid/runtime';
import { BatchContext } from './batch-context';
import { BatchObserver, type Observers } from './batch-observer';
import { BatchServer } from './batch-server';
import type { InMemoryLog, LogReader } from './in-memory-log';
import { isBefore, type LogRecord, offsetAfter } from './log-record';
import { partitionOf } from './partition-of';
import { rereadEveryMs } from './rereads';
import type { TopicShare } from './topic-shares';
import { type SliceEnd, type SliceTools, workSlice } from './work-slice';

export type InMemoryBatchOptions = Observers & {
  readonly log: InMemoryLog;
  readonly group: string;
  /** The most records that a handler is given at once; 500 by default. */
  readonly sliceSize?: number;
  /** How often a throwing handler is called with a slice before the slice is narrowed down; 3 by default. */
  readonly tries?: number;
  /** Pauses between tries and while a partition waits. */
  readonly backoff?: Backoff;
  /** How often readers are asked whether to read again; 30 s by default. */
  readonly rereadEveryMs?: number;
  /** How time passes; a test can make it pass at once. */
  readonly pause?: typeof pause;
};

type Place = { readonly topic: string; readonly partition: number };
type Work = { readonly place: Place; next: string; seekTo: string | undefined };

const nameOf = ({ topic, partition }: Place): string => `${topic}/${partition}`;

/**
 * Serves `@EventPattern` handlers from a log in memory, with the rules of the Kafka transport: partitions side by
 * side, each in order, offsets after the work, dead letters, waiting in place.
 */
export class InMemoryBatchStrategy extends BatchServer implements CustomTransportStrategy, LogReader {
  readonly #work = new Map<string, Promise<void>>();
  /** Where partitions at rest are to be read again from. */
  readonly #rewound = new Map<string, string>();
  readonly #stop = new AbortController();
  readonly #observer: BatchObserver;
  readonly #backoff: Backoff;
  #detach: (() => void) | undefined;

  constructor(private readonly options: InMemoryBatchOptions) {
    super();
    this.#observer = new BatchObserver(options.group, options);
    this.#backoff = options.backoff ?? { firstMs: 10, maxMs: 1_000 };
    options.health?.register(`log:${options.group}`, () => this.#readiness(), 'ready');
  }

  listen(started: (error?: unknown) => void): void {
    this.#detach = this.options.log.attach(this);
    this.#observer.begins(this.topics());
    for (const topic of this.topics()) this.#eachPartition((partition) => this.wake(topic, partition));
    void this.#askRereads();
    started();
  }

  /** Finishes the slices at work, commits them and takes no more. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#work.values());
    this.#detach?.();
  }

  wake(topic: string, partition: number): void {
    const place = { topic, partition };
    const name = nameOf(place);
    if (this.#stop.signal.aborted || this.#work.has(name) || !this.messageHandlers.has(topic)) return;
    this.#begin(place, () => this.#run(place));
  }

  #begin(place: Place, work: () => Promise<void>): void {
    const name = nameOf(place);
    const own = work().finally(() => {
      this.#work.delete(name);
      if (this.#unread(place)) this.wake(place.topic, place.partition);
      this.options.log.settled();
    });
    this.#work.set(name, own);
  }

  async #askRereads(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      for (const topic of this.topics()) this.#eachPartition((partition) => this.#look({ topic, partition }));
      await pause(this.options.rereadEveryMs ?? rereadEveryMs, signal);
    }
  }

  /** A partition at work is asked the next time. */
  #look(place: Place): void {
    if (this.#work.has(nameOf(place))) return;
    this.#begin(place, async () => {
      try {
        const offset = await this.askReread({ ...place, signal: this.#stop.signal });
        if (offset !== undefined && isBefore(offset, this.#start(place)))
          this.#rewound.set(nameOf(place), offset);
      } catch (error) {
        this.options.logger?.warn(
          { place: nameOf(place), err: error },
          'nobody could be asked whether to read again',
        );
      }
    });
  }

  /** All partitions: a log in memory has one reader per group. */
  shareOf(_topic: string): TopicShare {
    return { partitions: Array.from({ length: this.options.log.partitions }, (_, n) => n), part: 1 };
  }

  /** All of them: nothing of a log in memory was ever another one. */
  clearOf(topic: string): readonly number[] {
    return this.shareOf(topic).partitions;
  }

  /** A log in memory never takes a partition away. */
  readonly joins = 1;

  isIdle(): boolean {
    if (this.#work.size > 0) return false;
    let idle = true;
    for (const topic of this.topics())
      this.#eachPartition((partition) => (idle &&= !this.#unread({ topic, partition })));
    return idle || this.#stop.signal.aborted;
  }

  #eachPartition(visit: (partition: number) => void): void {
    for (let partition = 0; partition < this.options.log.partitions; partition += 1) visit(partition);
  }

  #readiness(): { up: boolean; detail?: string } {
    const waiting = this.#observer.waiting();
    if (waiting !== undefined) return { up: false, detail: waiting };
    return this.#detach ? { up: true } : { up: false, detail: 'does not listen yet' };
  }

  #start({ topic, partition }: Place): string {
    const rewound = this.#rewound.get(nameOf({ topic, partition }));
    return rewound ?? this.options.log.committed(this.options.group, topic, partition) ?? '0';
  }

  #unread(place: Place): boolean {
    return BigInt(this.#start(place)) < BigInt(this.options.log.end(place.topic, place.partition));
  }

  async #run(place: Place): Promise<void> {
    await Promise.resolve();
    const work: Work = { place, next: this.#start(place), seekTo: undefined };
    this.#rewound.delete(nameOf(place));
    while (!this.#stop.signal.aborted) {
      const records = this.options.log.read({ ...place, offset: work.next }, this.options.sliceSize ?? 500);
      if (records.length === 0) return;
      await this.#after(work, records, await workSlice(records, this.#tools(work)));
    }
  }

  async #after(work: Work, records: readonly LogRecord[], end: SliceEnd): Promise<void> {
    const name = nameOf(work.place);
    switch (end.kind) {
      case 'waiting': {
        work.next = end.at.offset;
        return this.#pause(this.#observer.waits(name, end.at.offset, end.reason));
      }
      case 'stopped':
        work.next = work.seekTo ?? work.next;
        work.seekTo = undefined;
        return;
      case 'finished':
        work.next = offsetAfter(records.at(-1)?.offset ?? work.next);
        return this.#observer.goesOn(name);
    }
  }

  #pause(attempt: number): Promise<void> {
    return (this.options.pause ?? pause)(backoffMs(attempt, this.#backoff), this.#stop.signal);
  }

  #tools(work: Work): SliceTools {
    const { log, group, tries } = this.options;
    const context = this.#context(work);
    return {
      context,
      handle: (records) => this.#observer.worksOn(records, work.place, (own) => this.handle(own, context)),
      writeDeadLetters: (letters) => {
        for (const letter of letters)
          log.appendRaw({
            ...letter,
            partition: letter.key === null ? 0 : partitionOf(letter.key, log.partitions),
          });
        return Promise.resolve();
      },
      commit: (last) => Promise.resolve(log.commit(group, last)),
      hasSeeked: () => work.seekTo !== undefined,
      pauseBeforeTry: (attempt) => this.#pause(attempt),
      tries: tries ?? 3,
      observe: (record, outcome) => this.#observer.outcome(record, outcome),
      alarm: (record, error) => this.#observer.alarm(record, error),
    };
  }

  #context(work: Work): BatchContext {
    const { log, group } = this.options;
    const { topic, partition } = work.place;
    return new BatchContext({
      topic,
      partition,
      group,
      signal: this.#stop.signal,
      committedOffset: () => log.committed(group, topic, partition),
      isCurrent: () => true,
      heartbeat: () => Promise.resolve(),
      seek: (offset) => {
        work.seekTo = offset;
      },
    });
  }
}
