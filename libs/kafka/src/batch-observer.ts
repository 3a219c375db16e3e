import { type Health, type Logger, maskPhone, type Metrics, type Tracer } from '@stopcovid/runtime';
import { placeOf } from './assignment';
import type { LogRecord } from './log-record';
import type { Outcome } from './outcome';
import { traceSlice } from './traced';
import type { SliceTools } from './work-slice';

/** Whom a transport tells what it does; all of them can be left out in tests. */
export type Observers = {
  readonly logger?: Logger;
  readonly metrics?: Metrics;
  readonly health?: Health;
  readonly tracer?: Tracer;
};

/** Where a partition waits, and why. */
export type Wait = { readonly offset: string; readonly attempts: number; readonly reason: string };

type Place = { readonly topic: string; readonly partition: number };
type Work = SliceTools['handle'];

const placed = ({ topic, partition, offset, key }: LogRecord): object => ({
  topic,
  partition,
  offset,
  phone: key === null ? null : maskPhone(key),
});

const countedOutcomes: readonly (Outcome['kind'] | 'bug')[] = ['done', 'retry', 'deadLetter', 'bug'];

/** Writes one log line and one count per record, and keeps the list of partitions that wait. */
export class BatchObserver {
  readonly #waits = new Map<string, Wait>();
  /** The partitions whose lag is told. */
  readonly #shown = new Map<string, Record<string, string>>();
  readonly #records;
  readonly #lag;
  readonly #waiting;
  readonly #age;

  constructor(
    private readonly group: string,
    private readonly observers: Observers,
  ) {
    this.#records = observers.metrics?.counter('batch_records_total', 'Records by what became of them', [
      'group',
      'topic',
      'outcome',
    ]);
    this.#lag = observers.metrics?.gauge('batch_lag_records', 'Records not yet handled', [
      'group',
      'topic',
      'partition',
    ]);
    this.#waiting = observers.metrics?.gauge('batch_waiting_partitions', 'Partitions that wait in place', [
      'group',
    ]);
    this.#age = observers.metrics?.histogram(
      'batch_record_age_seconds',
      'From the writing of a record to its end',
      ['group', 'topic'],
    );
    this.#showWaiting();
  }

  /** Counts begin at nought, so that the first dead letter is seen as a rise. */
  begins(topics: readonly string[]): void {
    for (const topic of topics)
      for (const outcome of countedOutcomes) this.#records?.inc({ group: this.group, topic, outcome }, 0);
  }

  /** Whoever joins a group has these places from now on, and no others. */
  joined(topics: readonly string[], places: ReadonlySet<string>): void {
    this.begins(topics);
    this.keepOnly((place) => places.has(place));
  }

  /** Has a slice worked on, and tells of it where it is traced. */
  worksOn(records: readonly LogRecord[], place: Place, work: Work): ReturnType<Work> {
    return traceSlice(
      this.observers.tracer,
      { records, topic: place.topic, partition: place.partition, group: this.group },
      () => work(records),
    );
  }

  outcome(record: LogRecord, outcome: Outcome): void {
    this.#records?.inc({ group: this.group, topic: record.topic, outcome: outcome.kind });
    if (outcome.kind !== 'retry') this.#ended(record);
    const { logger } = this.observers;
    switch (outcome.kind) {
      case 'done':
        if (logger?.isLevelEnabled('debug')) logger.debug(placed(record), 'record done');
        return;
      case 'retry':
        return logger?.warn({ ...placed(record), reason: outcome.reason }, 'record waits');
      case 'deadLetter':
        return logger?.warn(
          { ...placed(record), code: outcome.code, reason: outcome.reason },
          'record put aside',
        );
    }
  }

  /** A bug of ours: a person has to look. */
  alarm(record: LogRecord, error: unknown): void {
    this.#records?.inc({ group: this.group, topic: record.topic, outcome: 'bug' });
    this.#ended(record);
    this.observers.logger?.error(
      { ...placed(record), alarm: 'handler-bug', err: error },
      'record put aside by a bug',
    );
  }

  lag({ topic, partition }: Place, records: number): void {
    const labels = { group: this.group, topic, partition: String(partition) };
    this.#shown.set(placeOf(topic, partition), labels);
    this.#lag?.set(labels, records);
  }

  /** Remembers that a partition waits, and says how often it has tried this record. */
  waits(place: string, offset: string, reason: string): number {
    const before = this.#waits.get(place);
    const attempts = before?.offset === offset ? before.attempts + 1 : 1;
    this.#waits.set(place, { offset, attempts, reason });
    this.#showWaiting();
    return attempts;
  }

  goesOn(place: string): void {
    if (this.#waits.delete(place)) this.#showWaiting();
  }

  /** Forgets the waits and the lag of partitions that are no longer ours: others tell of those. */
  keepOnly(isOurs: (place: string) => boolean): void {
    for (const place of this.#waits.keys()) if (!isOurs(place)) this.#waits.delete(place);
    for (const [place, labels] of this.#shown) {
      if (isOurs(place)) continue;
      this.#shown.delete(place);
      this.#lag?.remove(labels);
    }
    this.#showWaiting();
  }

  #showWaiting(): void {
    this.#waiting?.set({ group: this.group }, this.#waits.size);
  }

  #ended({ topic, timestamp }: LogRecord): void {
    this.#age?.observe({ group: this.group, topic }, Math.max(0, Date.now() - timestamp) / 1_000);
  }

  /** What health says of the waiting partitions; undefined when none waits. */
  waiting(): string | undefined {
    const said = [...this.#waits].map(([place, { offset, attempts, reason }]) => {
      const tries = attempts === 1 ? 'once' : `${attempts} times`;
      return `${place} waits at ${offset}, tried ${tries}: ${reason}`;
    });
    return said.length === 0 ? undefined : said.join('; ');
  }
}
