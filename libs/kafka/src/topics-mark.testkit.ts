import { randomUUID } from 'node:crypto';
import { createRuntime, loadConfig } from '@stopcovid/runtime';
import { KafkaServiceConfig } from './kafka-config';
import { kafkaUnderTest, type KafkaUnderTest } from './kafka.testkit';
import type { Entrant } from './topics-gate';
import { markedEnvironments, unmarkTopics } from './topics-mark';

/** A topic of its own on a real Kafka, and marks that no other spec sees. */
export type MarkedKafkaUnderTest = KafkaUnderTest & { readonly prefix: string };

/** Its `stop` takes the marks away too. */
export const markedKafkaUnderTest = async (partitions: number): Promise<MarkedKafkaUnderTest> => {
  const kafka = await kafkaUnderTest(partitions);
  const prefix = `mark-${randomUUID()}.`;
  const stop = async (): Promise<void> => {
    const marked = await markedEnvironments(kafka.connection, prefix);
    if (marked.length > 0) await unmarkTopics(kafka.connection, marked, prefix);
    await kafka.stop();
  };
  return { ...kafka, prefix, stop };
};

/** A started service of an environment, or of none, at these brokers; `lines` is what it has logged. */
export const entrantAt = (
  brokers: string,
  { environment, prefix }: { readonly environment?: string; readonly prefix: string },
): Entrant & { readonly lines: readonly object[] } => {
  const config = loadConfig(KafkaServiceConfig, {
    KAFKA_BROKERS: brokers,
    ...(environment !== undefined && { DIALOG_ENVIRONMENT: environment }),
  });
  const lines: object[] = [];
  const write = (line: string): void => void lines.push(JSON.parse(line) as object);
  const runtime = createRuntime('spec', config, { write });
  runtime.health.started();
  return { config, runtime, markPrefix: prefix, lines };
};
