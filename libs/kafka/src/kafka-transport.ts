import type { Runtime } from '@stopcovid/runtime';
import type { KafkaBatchOptions } from './kafka-batch-options';
import { KafkaBatchStrategy } from './kafka-batch-strategy';
import { gatedPublisher } from './gated-publisher';
import { connectionOf } from './kafka-config';
import { InMemoryBatchStrategy, type InMemoryBatchOptions } from './in-memory-batch-strategy';
import { inMemoryPublisher, type InMemoryLog } from './in-memory-log';
import { kafkaPublisher } from './kafka-publisher';
import type { Publisher } from './publisher';
import type { BatchServer } from './batch-server';
import type { TopicShare } from './topic-shares';
import { gateOf, type Entrant } from './topics-gate';
import { tracedPublisher } from './traced';

/** An app's way to the topics: what serves its handlers, and what it publishes with. */
export type BatchTransport = {
  readonly strategy: BatchServer & {
    close(): Promise<void>;
    listen(started: (error?: unknown) => void): void;
    shareOf(topic: string): TopicShare;
    /** The partitions that this consumer has and of which nothing stands still. */
    clearOf(topic: string): readonly number[];
    /** How often this consumer has joined its group: between two times others may have had its partitions. */
    readonly joins: number;
  };
  readonly publisher: Publisher;
};

type ReadsAs = { readonly runtime: Runtime; readonly group: string };

/** The transport of a service over Kafka. Closing the strategy also closes the publisher, after the last slice. */
export const kafkaTransport = (
  parts: ReadsAs & Entrant & { readonly options?: Partial<KafkaBatchOptions> },
): BatchTransport => {
  const { runtime, group, config } = parts;
  const { logger, metrics, health, service, tracer } = runtime;
  const kafka = connectionOf(config, service);
  const own = kafkaPublisher(kafka, { logger });
  const gate = gateOf(parts);
  const publisher = tracedPublisher(gatedPublisher(own, gate), tracer);
  const strategy = new KafkaBatchStrategy({
    kafka,
    group,
    logger,
    metrics,
    health,
    tracer,
    publisher: own,
    gate,
    sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
    ...parts.options,
  });
  return { strategy, publisher };
};

/** The transport of a service over a log in memory. */
export const inMemoryTransport = (
  parts: ReadsAs & { readonly log: InMemoryLog; readonly options?: Partial<InMemoryBatchOptions> },
): BatchTransport => {
  const { logger, metrics, health, tracer } = parts.runtime;
  const { log, group } = parts;
  const strategy = new InMemoryBatchStrategy({
    log,
    group,
    logger,
    metrics,
    health,
    tracer,
    ...parts.options,
  });
  return { strategy, publisher: tracedPublisher(inMemoryPublisher(log), tracer) };
};
