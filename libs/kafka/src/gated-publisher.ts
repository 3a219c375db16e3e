import type { HealthState } from '@stopcovid/runtime';
import { connectionOf } from './kafka-config';
import { kafkaPublisher } from './kafka-publisher';
import { PublishFailed, type Publisher } from './publisher';
import { gateOf, type Entrant, type TopicsGate } from './topics-gate';
import { tracedPublisher } from './traced';

/** The publisher that writes once the topics are found to be ours. Rejects with PublishFailed before. */
export const gatedPublisher = (publisher: Publisher, gate: TopicsGate): Publisher => ({
  async publish(topic, records) {
    if (records.length === 0) return;
    await gate.enter().catch((error: unknown) => Promise.reject(new PublishFailed(topic, error)));
    await publisher.publish(topic, records);
  },
  close: () => publisher.close(),
});

/**
 * What a service publishes with that reads no topic. It asks by itself whose the topics are; while they are another
 * environment's it is not ready.
 */
export const kafkaServicePublisher = (entrant: Entrant): Publisher => {
  const { logger, health, service, tracer } = entrant.runtime;
  const own = kafkaPublisher(connectionOf(entrant.config, service), { logger });
  const gate = gateOf(entrant);
  const closing = new AbortController();
  const close = async (): Promise<void> => {
    closing.abort();
    await own.close();
  };
  const readiness = (): HealthState =>
    gate.reason === undefined ? { up: true } : { up: false, detail: gate.reason };
  health.register('kafka:environment', readiness, 'ready');
  void gate.wait(closing.signal);
  return tracedPublisher({ ...gatedPublisher(own, gate), close }, tracer);
};
