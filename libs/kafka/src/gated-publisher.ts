import type { Health, Runtime } from '@stopcovid/runtime';
import { connectionOf, type KafkaServiceConfig } from './kafka-config';
import { kafkaPublisher } from './kafka-publisher';
import { PublishFailed, type Publisher } from './publisher';
import { TopicsGate } from './topics-gate';
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

/** As `gatedPublisher`; it asks by itself whose the topics are, and while they are another's the service is not ready. */
export const watchfulPublisher = (
  publisher: Publisher,
  { gate, health }: { readonly gate: TopicsGate; readonly health: Health },
): Publisher => {
  const closing = new AbortController();
  health.register(
    'kafka:environment',
    () => (gate.reason === undefined ? { up: true } : { up: false, detail: gate.reason }),
    'ready',
  );
  void gate.wait(closing.signal);
  return {
    ...gatedPublisher(publisher, gate),
    close: async () => {
      closing.abort();
      await publisher.close();
    },
  };
};

/** What a service publishes with that reads no topic. */
export const kafkaServicePublisher = (parts: {
  readonly runtime: Runtime;
  readonly config: KafkaServiceConfig;
}): Publisher => {
  const { logger, health, service, tracer } = parts.runtime;
  const connection = connectionOf(parts.config, service);
  const gate = new TopicsGate({ connection, environment: parts.config.DIALOG_ENVIRONMENT, logger });
  const publisher = watchfulPublisher(kafkaPublisher(connection, { logger }), { gate, health });
  return tracedPublisher(publisher, tracer);
};
