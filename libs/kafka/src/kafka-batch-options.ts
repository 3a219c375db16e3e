import type { Backoff } from '@stopcovid/runtime';
import type { Consumer, Kafka } from 'kafkajs';
import type { Observers } from './batch-observer';
import type { Marks } from './checkpoint-store';
import type { FromCheckpoint } from './checkpoint-guard';
import type { KafkaConnection } from './kafka-client';
import type { KafkaPublisher } from './kafka-publisher';
import type { TopicsGate } from './topics-gate';
import type { WatchdogLimits } from './watchdog';

export type KafkaBatchOptions = Observers & {
  readonly kafka: KafkaConnection;
  /** The consumer group, used exactly as written. */
  readonly group: string;
  /** Writes the dead letters; closed after the last slice. The strategy makes its own when left out. */
  readonly publisher?: KafkaPublisher;
  /** The next offset to be decided as far as the service knows, however the group's own offsets stand. */
  readonly fromCheckpoint?: FromCheckpoint;
  /** Passed before the group is joined: topics of another environment are waited for. */
  readonly gate?: TopicsGate;
  /** What the service's own database says of how far it has come: one that is older than it was stops its partitions. */
  readonly marks?: Marks;
  /** Called when the consumer has stopped for good. By default an exception escapes, which ends the process. */
  readonly onCrash?: (error: Error) => void;
  /** The most records that a handler is given at once; 500 by default. */
  readonly sliceSize?: number;
  /** How often a throwing handler is called with a slice before the slice is narrowed down; 3 by default. */
  readonly tries?: number;
  readonly backoff?: Backoff;
  /** How long a consumer may be silent before its partitions are given to others; 30 s by default. */
  readonly sessionTimeoutMs?: number;
  /** How long a partition may work at a time while others of the same fetch wait for the next; 1 s by default. */
  readonly turnMs?: number;
  /** The longest that a fetch waits for records; 500 ms by default. It costs no latency. */
  readonly maxWaitMs?: number;
  /**
   * For a reader that nobody waits for: a fetch waits until 64 KiB are there, or for so many milliseconds, so that a slice
   * holds more than the record or two that have just come. In place of `maxWaitMs`; by default nothing is gathered.
   */
  readonly gatherMs?: number;
  /** How often readers are asked whether to read again; 30 s by default. */
  readonly rereadEveryMs?: number;
  /** How long `close()` waits for the slices at work; 15 s by default. */
  readonly drainMs?: number;
  readonly watchdog?: WatchdogLimits;
};

/** How often a consumer says that it is there, in milliseconds. */
export const heartbeatMs = 3_000;

/**
 * How long those of a group wait for one that does not come back into it, in milliseconds: see ADR 46. Longer than a
 * heartbeat and a slice; shorter than a stop may take (`drainMs`), so that who stops while it joins has joined before it
 * leaves.
 */
export const rebalanceMs = 10_000;

/** How long a stop waits for the slices and the join at work, in milliseconds. */
export const drainMs = 15_000;

/** What a partition gives to a fetch at most. */
const mostBytesOfPartition = 512 * 1024;

/** So many bytes end a fetch that gathers: less than a partition may give, so that a backlog on one alone never waits. */
const gatheredBytes = 64 * 1024;

const waitOf = ({ gatherMs, maxWaitMs = 500 }: KafkaBatchOptions) =>
  gatherMs === undefined
    ? { minBytes: 1, maxWaitTimeInMs: maxWaitMs }
    : { minBytes: gatheredBytes, maxWaitTimeInMs: gatherMs };

/**
 * How many partitions are worked on at once: more than a consumer has. Those of a fetch begin together and go in step, so
 * that what they ask of the database, and what they commit, meets and travels together. `Turns` bounds how many records
 * they are.
 */
const partitionsAtOnce = 1_000;

/** How a consumer runs: what was handled is committed by us alone. */
export const runSettings = {
  autoCommit: false,
  eachBatchAutoResolve: false,
  partitionsConsumedConcurrently: partitionsAtOnce,
} as const;

/** The consumer of a group; it is not connected yet. */
export const consumerOf = (kafka: Pick<Kafka, 'consumer'>, options: KafkaBatchOptions): Consumer =>
  kafka.consumer({
    groupId: options.group,
    allowAutoTopicCreation: false,
    sessionTimeout: options.sessionTimeoutMs ?? 30_000,
    rebalanceTimeout: rebalanceMs,
    heartbeatInterval: heartbeatMs,
    maxBytesPerPartition: mostBytesOfPartition,
    ...waitOf(options),
    retry: { initialRetryTime: 100, maxRetryTime: 3_000, retries: 6 },
  });
