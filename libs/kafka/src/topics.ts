import { retry } from '@stopcovid/runtime';
import { type Admin, ConfigResourceTypes, KafkaJSAggregateError, KafkaJSProtocolError } from 'kafkajs';
import type { KafkaConnection } from './kafka-client';
import { withAdmin } from './with-admin';

/** How a topic should be. `retentionMs` -1 keeps records for ever; the broker's own largest record unless it is said. */
export type TopicPlan = {
  readonly topic: string;
  readonly partitions: number;
  readonly retentionMs: number;
  readonly maxMessageBytes?: number;
};

/** What differs between a topic and its plan, in words. */
export type TopicProblem = { readonly topic: string; readonly problem: string };

export type CreateTopicsOptions = {
  /** The broker's own default when left out. */
  readonly replicationFactor?: number;
};

/**
 * How the brokers keep what they are given. Clients in Node read no LZ4, Snappy or Zstandard: one such record, written
 * by somebody's tool, would stop its reader. So the brokers unpack what comes packed; what comes as it is costs nothing.
 */
export const topicCompression = 'uncompressed';

const missingOf = async (admin: Admin, plans: readonly TopicPlan[]): Promise<readonly TopicPlan[]> => {
  const present = new Set(await admin.listTopics());
  return plans.filter(({ topic }) => !present.has(topic));
};

const backoff = { firstMs: 20, maxMs: 500 };

/** Rejects while the brokers do not know all partitions of the new topics yet. */
const checkLeaders = async (admin: Admin, names: readonly string[]): Promise<void> => {
  const { topics } = await admin.fetchTopicMetadata({ topics: [...names] });
  const withoutLeader = topics.find(({ partitions }) => partitions.some(({ leader }) => leader < 0));
  if (withoutLeader) throw new Error(`${withoutLeader.name} has a partition without a leader`);
};

/** The brokers refuse to make a topic; the message has their reason. */
export class TopicRefused extends Error {
  override readonly name = 'TopicRefused';

  constructor(override readonly cause: unknown) {
    const reasons = cause instanceof KafkaJSAggregateError ? cause.errors.map(String) : [];
    super(`the brokers refuse to make the topics: ${[...new Set(reasons)].join('; ')}`);
  }

  /** Fewer brokers are there than a partition should have replicas: those that start may yet come. */
  get forWantOfBrokers(): boolean {
    const { cause } = this;
    return (
      cause instanceof KafkaJSAggregateError &&
      cause.errors.some(
        (error) => error instanceof KafkaJSProtocolError && error.type === 'INVALID_REPLICATION_FACTOR',
      )
    );
  }
}

/** Creates the topics that are missing and leaves the others alone; gives back the names of the new ones. Throws TopicRefused. */
export const createTopics = (
  connection: KafkaConnection,
  plans: readonly TopicPlan[],
  options: CreateTopicsOptions = {},
): Promise<readonly string[]> =>
  withAdmin(connection, async (admin) => {
    const missing = await missingOf(admin, plans);
    if (missing.length === 0) return [];
    const making = admin.createTopics({
      waitForLeaders: false,
      topics: missing.map(({ topic, partitions, retentionMs, maxMessageBytes }) => ({
        topic,
        numPartitions: partitions,
        replicationFactor: options.replicationFactor ?? -1,
        configEntries: [
          { name: 'retention.ms', value: String(retentionMs) },
          { name: 'cleanup.policy', value: 'delete' },
          { name: 'compression.type', value: topicCompression },
          ...(maxMessageBytes === undefined
            ? []
            : [{ name: 'max.message.bytes', value: String(maxMessageBytes) }]),
        ],
      })),
    });
    await making.catch((error: unknown) => {
      throw error instanceof KafkaJSAggregateError ? new TopicRefused(error) : error;
    });
    const names = missing.map(({ topic }) => topic);
    await retry(() => checkLeaders(admin, names), { until: AbortSignal.timeout(15_000), backoff });
    return names;
  });

const partitionsOf = async (admin: Admin, topic: string): Promise<number> => {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  return topics[0]?.partitions.length ?? 0;
};

const retentionOf = async (admin: Admin, topic: string): Promise<string | undefined> => {
  const described = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configNames: ['retention.ms'] }],
  });
  return described.resources[0]?.configEntries.find(({ configName }) => configName === 'retention.ms')
    ?.configValue;
};

const problemsOf = async (admin: Admin, plan: TopicPlan): Promise<readonly TopicProblem[]> => {
  const { topic } = plan;
  const partitions = await partitionsOf(admin, topic);
  const retention = await retentionOf(admin, topic);
  const found: TopicProblem[] = [];
  if (partitions !== plan.partitions)
    found.push({ topic, problem: `has ${partitions} partitions, not ${plan.partitions}` });
  if (retention !== String(plan.retentionMs))
    found.push({ topic, problem: `keeps records ${retention} ms, not ${plan.retentionMs}` });
  return found;
};

/** Compares topics with their plans; an empty list means that all is as it should be. Changes nothing. */
export const checkTopics = (
  connection: KafkaConnection,
  plans: readonly TopicPlan[],
): Promise<readonly TopicProblem[]> =>
  withAdmin(connection, async (admin) => {
    const missing = await missingOf(admin, plans);
    const found: TopicProblem[] = missing.map(({ topic }) => ({ topic, problem: 'does not exist' }));
    for (const plan of plans) if (!missing.includes(plan)) found.push(...(await problemsOf(admin, plan)));
    return found;
  });
