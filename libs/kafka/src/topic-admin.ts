import { retry } from '@stopcovid/runtime';
import { type Admin, ConfigResourceTypes } from 'kafkajs';
import type { KafkaConnection } from './kafka-client';
import { withAdmin } from './with-admin';

/** A topic as the cluster has it. */
export type TopicState = {
  readonly topic: string;
  readonly partitions: number;
  /** The fewest replicas that any partition has. */
  readonly replication: number;
  /** -1 keeps for ever; NaN when the brokers do not say. */
  readonly retentionMs: number;
  readonly cleanupPolicy: string;
  /** `topicCompression` where any client can read all that is written. */
  readonly compression: string;
  /** The largest batch of records that is taken; NaN when the brokers do not say. */
  readonly maxMessageBytes: number;
};

/** The id of the cluster that answers. Throws KafkaUnavailable. */
export const clusterIdOf = (connection: KafkaConnection): Promise<string> =>
  withAdmin(connection, async (admin) => (await admin.describeCluster()).clusterId);

type ConfigEntry = { readonly name: string; readonly value: string };

/** Settings made for this topic alone have this source; all others are defaults. */
const ownSource = 1;

const configsOf = async (admin: Admin, topic: string) => {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }],
  });
  return resources[0]?.configEntries ?? [];
};

const stateOf = async (admin: Admin, topic: string): Promise<TopicState> => {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  const partitions = topics[0]?.partitions ?? [];
  const entries = await configsOf(admin, topic);
  const setting = (name: string): string | undefined =>
    entries.find(({ configName }) => configName === name)?.configValue;
  return {
    topic,
    partitions: partitions.length,
    replication: Math.min(...partitions.map(({ replicas }) => replicas.length)),
    retentionMs: Number(setting('retention.ms') ?? Number.NaN),
    cleanupPolicy: setting('cleanup.policy') ?? 'unknown',
    compression: setting('compression.type') ?? 'unknown',
    maxMessageBytes: Number(setting('max.message.bytes') ?? Number.NaN),
  };
};

/** The state of those of the topics that exist, in the order asked for. Throws KafkaUnavailable. */
export const topicStates = (
  connection: KafkaConnection,
  topics: readonly string[],
): Promise<readonly TopicState[]> =>
  withAdmin(connection, async (admin) => {
    const present = new Set(await admin.listTopics());
    const states: TopicState[] = [];
    for (const topic of topics.filter((name) => present.has(name))) states.push(await stateOf(admin, topic));
    return states;
  });

/** A broker tells new settings a moment after it took them; a change made before that would undo this one. */
const untilTold = (admin: Admin, topic: string, changes: readonly ConfigEntry[]): Promise<void> => {
  const check = async (): Promise<void> => {
    const told = new Map((await configsOf(admin, topic)).map((own) => [own.configName, own.configValue]));
    if (changes.some(({ name, value }) => told.get(name) !== value))
      throw new Error(`${topic} does not have its new settings yet`);
  };
  return retry(check, { until: AbortSignal.timeout(15_000), backoff: { firstMs: 20, maxMs: 500 } });
};

/** Changes these settings of a topic and waits until they are told; its other own settings stay. Throws KafkaUnavailable. */
export const setTopicConfig = (
  connection: KafkaConnection,
  topic: string,
  changes: readonly ConfigEntry[],
): Promise<void> =>
  withAdmin(connection, async (admin) => {
    /* This request replaces all own settings at once. */
    const own = (await configsOf(admin, topic)).flatMap(({ configName, configValue, configSource }) =>
      Number(configSource) === ownSource ? [{ name: configName, value: configValue }] : [],
    );
    const changed = new Set(changes.map(({ name }) => name));
    const configEntries = [...own.filter(({ name }) => !changed.has(name)), ...changes];
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries }],
    });
    await untilTold(admin, topic, changes);
  });

/** Adds partitions up to this number. Records already there stay where they are. Throws KafkaUnavailable. */
export const growTopic = (connection: KafkaConnection, topic: string, partitions: number): Promise<void> =>
  withAdmin(connection, async (admin) => {
    await admin.createPartitions({ topicPartitions: [{ topic, count: partitions }] });
    const check = async (): Promise<void> => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      const served = (topics[0]?.partitions ?? []).filter(({ leader }) => leader >= 0);
      if (served.length < partitions) throw new Error(`${topic} has ${served.length} partitions so far`);
    };
    await retry(check, { until: AbortSignal.timeout(15_000), backoff: { firstMs: 20, maxMs: 500 } });
  });

/** How far one group is from the end of one topic, in records; `unread` partitions hold records and no offset of it. */
export type GroupLag = { readonly group: string; readonly lag: bigint; readonly unread: number };

/** How many groups are asked at a time. */
const askedAtOnce = 16;

/** Every group that has committed offsets of the topic. Throws KafkaUnavailable. */
export const groupLags = (connection: KafkaConnection, topic: string): Promise<readonly GroupLag[]> =>
  withAdmin(connection, async (admin) => {
    const ends = await admin.fetchTopicOffsets(topic);
    const groups = (await admin.listGroups()).groups.map(({ groupId }) => groupId);
    const lagsOf = async (group: string): Promise<readonly GroupLag[]> => {
      const [answer] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
      const committed = new Map((answer?.partitions ?? []).map((own) => [own.partition, BigInt(own.offset)]));
      const reads = [...committed.values()].some((offset) => offset >= 0n);
      return reads ? [{ group, ...lagOf(ends, committed) }] : [];
    };
    const lags: GroupLag[] = [];
    for (let from = 0; from < groups.length; from += askedAtOnce)
      lags.push(...(await Promise.all(groups.slice(from, from + askedAtOnce).map(lagsOf))).flat());
    return lags;
  });

type End = { readonly partition: number; readonly low: string; readonly high: string };

const lagOf = (
  ends: readonly End[],
  committed: ReadonlyMap<number, bigint>,
): { readonly lag: bigint; readonly unread: number } => {
  const stands = ends.map(({ partition, low, high }) => ({
    offset: committed.get(partition) ?? -1n,
    count: BigInt(high) - BigInt(low),
    high: BigInt(high),
  }));
  return {
    lag: stands.reduce((sum, { offset, high, count }) => {
      const behind = offset < 0n ? count : high - offset;
      return behind > 0n ? sum + behind : sum;
    }, 0n),
    unread: stands.filter(({ offset, count }) => offset < 0n && count > 0n).length,
  };
};
