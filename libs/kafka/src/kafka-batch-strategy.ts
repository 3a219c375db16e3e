import type { CustomTransportStrategy } from '@nestjs/microservices';
import { backoffMs, type HealthState, pause } from '@stopcovid/runtime';
import type { Consumer, ConsumerCrashEvent, EachBatchPayload } from 'kafkajs';
import { Assignment, placeOf } from './assignment';
import { BatchFailed, escape } from './batch-failed';
import { BatchObserver } from './batch-observer';
import { BatchServer, HandlerMistake } from './batch-server';
import { CheckpointGuard } from './checkpoint-guard';
import { isGroupError } from './group-errors';
import { FetchPace } from './fetch-pace';
import { HaltedPartitions, lookAgainMs } from './halted-partitions';
import { Joining } from './joining';
import { consumerOf, drainMs, heartbeatMs, type KafkaBatchOptions, runSettings } from './kafka-batch-options';
import { kafkaClient } from './kafka-client';
import { kafkaPublisher, type KafkaPublisher } from './kafka-publisher';
import { KeptAdmin } from './kept-admin';
import { type LogRecord, offsetAfter } from './log-record';
import { PartitionRun } from './partition-run';
import { type ReadPlace, Rereads } from './rereads';
import type { StartVerdict } from './start-check';
import { countPartitions, TopicShares, type TopicShare } from './topic-shares';
import { Turns } from './turns';
import { usualLimits, Watchdog } from './watchdog';
import { type SliceEnd, type SliceTools, workSlice } from './work-slice';

/**
 * Serves `@EventPattern(topic)` handlers with batches from Kafka. It owns offsets, heartbeats, waiting, dead letters
 * and draining; handlers answer one outcome per record. Never call Nest's `handleEvent` on it: that one drops results.
 */
export class KafkaBatchStrategy extends BatchServer implements CustomTransportStrategy {
  readonly #consumer: Consumer;
  readonly #publisher: KafkaPublisher;
  readonly #observer: BatchObserver;
  readonly #watchdog: Watchdog;
  readonly #assignment = new Assignment();
  readonly #closing = new AbortController();
  readonly #working = new Map<string, Promise<void>>();
  readonly #halted: HaltedPartitions;
  readonly #joining: Joining;
  readonly #guard: CheckpointGuard;
  readonly #admin: KeptAdmin;
  readonly #shares: TopicShares;
  readonly #turns: Turns;
  #joins = 0;
  readonly #rereads: Rereads;
  readonly #pace = new FetchPace();
  #started: Promise<void> = Promise.resolve();

  constructor(private readonly options: KafkaBatchOptions) {
    super();
    const kafka = kafkaClient(options.kafka, options.logger);
    this.#publisher = options.publisher ?? kafkaPublisher(options.kafka);
    this.#observer = new BatchObserver(options.group, options);
    this.#joining = new Joining(options, () => this.topics());
    this.#admin = new KeptAdmin(kafka);
    this.#guard = new CheckpointGuard(this.#admin, options.fromCheckpoint, options);
    this.#halted = new HaltedPartitions(this.#guard, options.logger);
    this.#shares = new TopicShares(countPartitions(this.#admin), options.logger);
    this.#turns = new Turns({ turnMs: options.turnMs });
    this.#rereads = new Rereads({
      everyMs: options.rereadEveryMs,
      logger: options.logger,
      ask: (place) => this.askReread(place),
      next: (place) => this.#nextOf(place),
      seek: ({ topic, partition, offset }) => this.#seek({ topic, partition }, offset),
      inTurn: (place, work) => this.#inTurn(place, work),
    });
    this.#watchdog = new Watchdog(options.watchdog ?? usualLimits);
    this.#consumer = consumerOf(kafka, options);
    this.#listenToConsumer();
    options.health?.register(this.#joining.check, () => this.#readiness(), 'ready');
    options.health?.register(this.#joining.check, () => this.#watchdog.state(), 'live');
  }

  /** Begins to connect and returns at once: a broker that is away makes the app unready, not unable to start. */
  listen(started: (error?: unknown) => void): void {
    if (this.topics().length === 0) return started(new HandlerMistake('no handler is declared'));
    this.#started = this.#start();
    started();
  }

  /** Finishes and commits the slices at work, leaves the group and closes the publisher. Rejects after `drainMs`. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#assignment.close();
    const limit = new AbortController();
    const tooLong = pause(this.options.drainMs ?? drainMs, limit.signal).then(() => {
      if (!limit.signal.aborted) throw new BatchFailed(new Error('the consumer did not drain in time'));
    });
    await Promise.race([this.#drain(), tooLong]).finally(() => limit.abort());
  }

  async #drain(): Promise<void> {
    await this.#started;
    await Promise.allSettled(this.#working.values());
    await this.#consumer.disconnect();
    this.#leave();
    await this.#admin.close();
    await this.#publisher.close();
  }

  async #start(): Promise<void> {
    const { signal } = this.#closing;
    try {
      await this.#joining.subscribe(this.#consumer, () => this.#watchdog.sign(), signal);
      if (signal.aborted) return;
      await this.#consumer.run({ ...runSettings, eachBatch: (payload) => this.#eachBatch(payload) });
    } catch (error) {
      if (!signal.aborted) this.#crashed(error instanceof Error ? error : new BatchFailed(error));
    }
  }

  #listenToConsumer(): void {
    const { events } = this.#consumer;
    const { FETCH, END_BATCH_PROCESS, CONNECT, REBALANCING, REQUEST_TIMEOUT } = events;
    for (const event of [FETCH, END_BATCH_PROCESS, CONNECT, REBALANCING, REQUEST_TIMEOUT] as const)
      this.#consumer.on(event, () => this.#watchdog.sign());
    this.#consumer.on(FETCH, () => this.#pace.fetched());
    this.#consumer.on(events.HEARTBEAT, () => {
      this.#watchdog.sign();
      this.#assignment.wellAgain();
    });
    this.#consumer.on(events.GROUP_JOIN, ({ payload }) => {
      this.#joins += 1;
      this.#watchdog.sign();
      this.#joining.joined();
      this.#assignment.join(payload.memberAssignment);
      const { places } = this.#assignment.membership();
      this.#observer.joined(this.topics(), places);
      void this.#shares.join(payload.memberAssignment, this.#closing.signal);
      void this.#halted.watch(this.topics(), this.#assignment.membership());
      void this.#rereads.watch(payload.memberAssignment, this.#assignment.membership());
    });
    this.#consumer.on(events.CRASH, (event) => this.#onCrash(event));
  }

  #onCrash({ payload: { error, restart } }: ConsumerCrashEvent): void {
    this.#watchdog.sign();
    this.#leave();
    if (restart) this.#joining.brokeOff(error);
    else this.#crashed(error);
  }

  /** Nothing is ours until the next join. */
  #leave(): void {
    this.#assignment.left();
    this.#observer.keepOnly(() => false);
  }

  #crashed(error: Error): void {
    this.#watchdog.crashed(error.message);
    this.options.logger?.fatal({ alarm: 'consumer-crashed', err: error }, 'the consumer stopped for good');
    (this.options.onCrash ?? escape)(error);
  }

  /**
   * The part of a topic's partitions that this consumer has, and which they are. Kept while the group is away; none
   * before the first join.
   */
  shareOf(topic: string): TopicShare {
    return this.#shares.of(topic);
  }

  /** The partitions of a topic that this consumer has and of which nothing stands still: what may be acted on. */
  clearOf(topic: string): readonly number[] {
    return this.shareOf(topic).partitions.filter((partition) =>
      this.#halted.isClear(placeOf(topic, partition)),
    );
  }

  get joins(): number {
    return this.#joins;
  }

  #readiness(): HealthState {
    if (!this.#assignment.joined) return this.#joining.notYet();
    const waiting = this.#observer.waiting();
    const said = [...this.#halted.said(), ...(waiting === undefined ? [] : [waiting])];
    return said.length === 0 ? { up: true } : { up: false, detail: said.join('; ') };
  }

  /** Batches of one partition never overlap, not even those of two memberships. */
  async #eachBatch(payload: EachBatchPayload): Promise<void> {
    const run = new PartitionRun(payload, this.#assignment.membership(), this.options);
    try {
      await this.#inTurn(run.place, () => this.#work(run));
      await this.#pace.rest(this.#closing.signal);
    } catch (error) {
      if (isGroupError(error)) throw error;
      this.options.logger?.error({ place: run.place, err: error }, 'a batch failed and is fetched again');
      throw error instanceof BatchFailed ? error : new BatchFailed(error);
    }
  }

  async #inTurn(place: string, work: () => Promise<void>): Promise<void> {
    const before = this.#working.get(place) ?? Promise.resolve();
    const own = before.catch(() => undefined).then(work);
    this.#working.set(place, own);
    try {
      await own;
    } finally {
      if (this.#working.get(place) === own) this.#working.delete(place);
    }
  }

  #seek({ topic, partition }: Pick<ReadPlace, 'topic' | 'partition'>, offset: string): void {
    this.#assignment.membership().sought.set(placeOf(topic, partition), offset);
    this.#consumer.seek({ topic, partition, offset });
  }

  /** Where a partition is read on: where this membership has come to, or the group before it. */
  async #nextOf({ topic, partition }: ReadPlace): Promise<string | undefined> {
    const { sought, committed } = this.#assignment.membership();
    const place = placeOf(topic, partition);
    const known = sought.get(place) ?? committed.get(place);
    if (known !== undefined) return known;
    const { group: groupId } = this.options;
    const [answer] = await this.#admin.ask((admin) => admin.fetchOffsets({ groupId, topics: [topic] }));
    return answer?.partitions.find((each) => each.partition === partition && BigInt(each.offset) >= 0n)
      ?.offset;
  }

  /** kafkajs fetches again when all of a fetch is worked off: what is left after a turn waits, so that others need not. */
  async #work(run: PartitionRun): Promise<void> {
    this.#showLag(run, run.payload.batch.firstOffset());
    if (!this.#mayBegin(run) || !(await this.#mayRead(run))) return this.#rethrowTrouble();
    const turn = this.#turns.begin();
    for (const slice of run.slices(this.options.sliceSize ?? 500)) {
      const end = await turn.work(slice.length, () => this.#workOn(slice, run));
      await this.#beat(run);
      this.#showLag(run, run.next);
      if (!this.#goOn(run, end)) return this.#rethrowTrouble();
      if (turn.isOver()) return;
    }
  }

  async #workOn(slice: readonly LogRecord[], run: PartitionRun): Promise<SliceEnd> {
    if (!this.#mayBegin(run)) return { kind: 'stopped' };
    return this.#withHeartbeats(run, () => workSlice(slice, this.#tools(run)));
  }

  #mayBegin(run: PartitionRun): boolean {
    const { isRunning, isStale } = run.payload;
    if (this.#closing.signal.aborted) return false;
    return isRunning() && !isStale() && run.isCurrent() && this.#assignment.trouble === undefined;
  }

  #rethrowTrouble(): void {
    if (this.#assignment.trouble !== undefined && !this.#closing.signal.aborted)
      throw this.#assignment.trouble;
  }

  #goOn(run: PartitionRun, end: SliceEnd): boolean {
    switch (end.kind) {
      case 'finished':
        this.#observer.goesOn(run.place);
        return true;
      case 'waiting':
        this.#hold(run, this.#observer.waits(run.place, end.at.offset, end.reason));
        return false;
      case 'stopped':
        if (run.seekTo !== undefined && run.isCurrent()) this.#seek(run.payload.batch, run.seekTo);
        return false;
    }
  }

  /** Pauses this partition alone; the others go on. It is fetched again from its first unsettled record. */
  #hold(run: PartitionRun, attempt: number): void {
    const resume = run.payload.pause();
    void pause(backoffMs(attempt, this.options.backoff), this.#closing.signal).then(resume);
  }

  async #mayRead(run: PartitionRun): Promise<boolean> {
    try {
      return this.#obey(run, await this.#guard.judge(run, this.#halted.has(run.place)));
    } catch (error) {
      const reason = `the checkpoint cannot be read: ${error instanceof Error ? error.message : 'unknown cause'}`;
      this.#hold(run, this.#observer.waits(run.place, 'its start', reason));
      return false;
    }
  }

  #obey(run: PartitionRun, verdict: StartVerdict): boolean {
    const { topic, partition } = run.payload.batch;
    switch (verdict.kind) {
      case 'go':
        this.#halted.goesOn(run.place);
        return true;
      case 'skipTo':
        this.#halted.goesOn(run.place);
        this.options.logger?.warn({ place: run.place, offset: verdict.offset }, verdict.reason);
        this.#consumer.seek({ topic, partition, offset: verdict.offset });
        return false;
      case 'halt':
        this.#halted.halt({ place: run.place, alarm: verdict.alarm, reason: verdict.reason });
        void pause(lookAgainMs, this.#closing.signal).then(run.payload.pause());
        return false;
    }
  }

  async #beat({ payload }: PartitionRun): Promise<void> {
    try {
      await payload.heartbeat();
    } catch (error) {
      this.#assignment.failed(error);
    }
  }

  /** kafkajs sends no heartbeat while a handler works; a handler that never ends loses its partitions. */
  async #withHeartbeats<T>(run: PartitionRun, work: () => Promise<T>): Promise<T> {
    const since = Date.now();
    const ended = this.#watchdog.handling(run.place);
    const timer = setInterval(() => {
      if (!this.#watchdog.isStuck(since)) void this.#beat(run);
    }, heartbeatMs);
    try {
      return await work();
    } finally {
      clearInterval(timer);
      ended();
    }
  }

  /** A partition that waits is fetched again and again, so its lag is as fresh as its last try. */
  #showLag(run: PartitionRun, next: string | null | undefined): void {
    const { batch } = run.payload;
    if (!run.isCurrent() || next === null || next === undefined) return;
    const lag = BigInt(batch.highWatermark) - BigInt(next);
    this.#observer.lag(batch, Number(lag > 0n ? lag : 0n));
  }

  #tools(run: PartitionRun): SliceTools {
    return {
      context: run.context,
      handle: (all) => this.#observer.worksOn(all, run.context, (own) => this.handle(own, run.context)),
      writeDeadLetters: (letters) => this.#publisher.publishDeadLetters(letters),
      commit: (last) => run.commit(offsetAfter(last.offset), last),
      hasSeeked: () => run.seekTo !== undefined,
      pauseBeforeTry: (attempt) => pause(backoffMs(attempt, this.options.backoff), run.context.signal),
      tries: this.options.tries ?? 3,
      observe: (record, outcome) => this.#observer.outcome(record, outcome),
      alarm: (record, error) => this.#observer.alarm(record, error),
    };
  }
}
