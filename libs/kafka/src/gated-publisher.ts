import { waitFor } from '@stopcovid/runtime';
import { connectionOf } from './kafka-config';
import { kafkaPublisher } from './kafka-publisher';
import { PublishFailed, type Publisher } from './publisher';
import { gateOf, type Entrant, type TopicsGate } from './topics-gate';
import { tracedPublisher } from './traced';
import { kafkaBackoff, notReachedYet, whyNotReached } from './why-not-reached';

/** The publisher that writes once the topics are found to be ours. Rejects with PublishFailed before. */
export const gatedPublisher = (publisher: Publisher, gate: TopicsGate): Publisher => ({
  async publish(topic, records, mayWaitMs) {
    if (records.length === 0) return;
    await gate.enter().catch((error: unknown) => Promise.reject(new PublishFailed(topic, error)));
    await publisher.publish(topic, records, mayWaitMs);
  },
  close: () => publisher.close(),
});

/**
 * What a service publishes with that reads no topic. It asks by itself whose the topics are; until it was let in its
 * readiness says why not.
 */
export const kafkaServicePublisher = (entrant: Entrant): Publisher => {
  const { logger, health, service, tracer } = entrant.runtime;
  const connection = connectionOf(entrant.config, service);
  const own = kafkaPublisher(connection, { logger });
  const gate = gateOf(entrant);
  const closing = new AbortController();
  const close = async (): Promise<void> => {
    closing.abort();
    await own.close();
  };
  health.waits('kafka', notReachedYet(connection));
  const waiting = waitFor(() => gate.enter(), {
    check: 'kafka',
    why: (error) => whyNotReached(error, connection),
    logger,
    health,
    until: closing.signal,
    backoff: kafkaBackoff,
  });
  void waiting.catch(() => undefined);
  return tracedPublisher({ ...gatedPublisher(own, gate), close }, tracer);
};
