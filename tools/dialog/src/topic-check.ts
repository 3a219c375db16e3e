import { deadLetterTopic, topics, topicSettings, type TopicSettings } from '@stopcovid/contracts';
import { topicCompression, type GroupLag, type PartitionEnds, type TopicState } from '@stopcovid/kafka';
import { tableOf } from './table';

/** How topics should be; `replication` is not looked at when it is left out. */
export type Wanted = { readonly partitions: number; readonly replication?: number };

/** One way in which a topic is not as it should be. */
export type Difference =
  | { readonly kind: 'missing' }
  | { readonly kind: 'fewerPartitions'; readonly has: number; readonly wants: number }
  | { readonly kind: 'morePartitions'; readonly has: number; readonly wants: number }
  | { readonly kind: 'replication'; readonly has: number; readonly wants: number }
  | { readonly kind: 'retention'; readonly has: number; readonly wants: number }
  | { readonly kind: 'size'; readonly has: number; readonly wants: number }
  | { readonly kind: 'cleanup'; readonly has: string }
  | { readonly kind: 'compression'; readonly has: string };

/** A topic, what it is like, and how that differs from what it should be. */
export type CheckedTopic = {
  readonly plan: TopicSettings;
  readonly state: TopicState | undefined;
  readonly differences: readonly Difference[];
};

const usualPartitions = 12;

/** All topics of ours as they should be. Left out, the number of partitions is the one that the commands have now. */
export const plansFor = (
  partitions: number | undefined,
  states: readonly TopicState[],
): readonly TopicSettings[] =>
  topicSettings(
    partitions ?? states.find(({ topic }) => topic === topics.dialogCommands)?.partitions ?? usualPartitions,
  );

const partitionDifference = (has: number, wants: number): readonly Difference[] => {
  if (has === wants) return [];
  return [{ kind: has < wants ? 'fewerPartitions' : 'morePartitions', has, wants }];
};

const differencesOf = (
  plan: TopicSettings,
  state: TopicState | undefined,
  { replication }: Pick<Wanted, 'replication'>,
): readonly Difference[] => {
  if (!state) return [{ kind: 'missing' }];
  const found: Difference[] = [...partitionDifference(state.partitions, plan.partitions)];
  if (replication !== undefined && state.replication !== replication)
    found.push({ kind: 'replication', has: state.replication, wants: replication });
  if (state.retentionMs !== plan.retentionMs)
    found.push({ kind: 'retention', has: state.retentionMs, wants: plan.retentionMs });
  if (state.maxMessageBytes !== plan.maxMessageBytes)
    found.push({ kind: 'size', has: state.maxMessageBytes, wants: plan.maxMessageBytes });
  if (state.cleanupPolicy !== 'delete') found.push({ kind: 'cleanup', has: state.cleanupPolicy });
  if (state.compression !== topicCompression) found.push({ kind: 'compression', has: state.compression });
  return found;
};

/** Compares each topic with what it should be. */
export const checkAll = (
  plans: readonly TopicSettings[],
  states: readonly TopicState[],
  wanted: Pick<Wanted, 'replication'>,
): readonly CheckedTopic[] =>
  plans.map((plan) => {
    const state = states.find(({ topic }) => topic === plan.topic);
    return { plan, state, differences: differencesOf(plan, state, wanted) };
  });

const dayMs = 24 * 60 * 60 * 1_000;

/** How long records are kept, in words. */
export const keptFor = (ms: number): string => {
  if (ms === -1) return 'for ever';
  if (Number.isNaN(ms)) return 'unknown';
  return ms % dayMs === 0 ? `${ms / dayMs} d` : `${ms} ms`;
};

/** A difference in words. */
export const said = (difference: Difference): string => {
  switch (difference.kind) {
    case 'missing':
      return 'does not exist';
    case 'fewerPartitions':
      return `has ${difference.has} partitions, not ${difference.wants}`;
    case 'morePartitions':
      return `has ${difference.has} partitions, more than ${difference.wants}: Kafka never removes any`;
    case 'replication':
      return `has ${difference.has} replicas, not ${difference.wants}: kafka-reassign-partitions changes that`;
    case 'retention':
      return `keeps records ${keptFor(difference.has)}, not ${keptFor(difference.wants)}`;
    case 'size':
      return `takes records up to ${difference.has} bytes, not ${difference.wants}`;
    case 'cleanup':
      return `is cleaned up by '${difference.has}', not by 'delete': records would vanish`;
    case 'compression':
      return `keeps records packed as '${difference.has}', not '${topicCompression}': one in LZ4, Snappy or Zstandard would stop its readers`;
  }
};

/** The topics as a table. */
export const tableOfTopics = (checked: readonly CheckedTopic[]): readonly string[] =>
  tableOf(
    ['topic', 'partitions', 'replicas', 'keeps', 'cleanup', 'state'],
    checked.map(({ plan, state, differences }) => [
      plan.topic,
      String(state?.partitions ?? '-'),
      String(state?.replication ?? '-'),
      state ? keptFor(state.retentionMs) : '-',
      state?.cleanupPolicy ?? '-',
      differences.length === 0 ? 'ok' : differences.map(said).join('; '),
    ]),
  );

/** A topic as one line of JSON. */
export const jsonOfTopic = ({ plan, state, differences }: CheckedTopic): string =>
  JSON.stringify({ wanted: plan, found: state ?? null, differences: differences.map(said) });

/** What is known of a topic whose partitions are to become more. */
export type Drainage = {
  readonly topic: string;
  readonly ends: readonly PartitionEnds[];
  readonly lags: readonly GroupLag[];
};

/**
 * Why the number of partitions may not change now; undefined when it may. It would send a phone's next records to
 * another partition while others of it still wait in the old one: their order would be lost.
 */
export const whyNotGrow = ({ topic, ends, lags }: Drainage): string | undefined => {
  const behind = lags.find(({ lag }) => lag > 0n);
  if (behind) return `${behind.group} has ${behind.lag} records of ${topic} still to read`;
  const wasWritten = ends.some(({ end }) => end !== '0');
  if (wasWritten && lags.length === 0)
    return `no group has said how far it has read ${topic}, so nobody can tell whether it is drained`;
  return undefined;
};

/** Are these the dead letters of one of our topics? Nobody reads them in order. */
export const isDeadLetterTopic = (topic: string): boolean =>
  Object.values(topics).some((name) => deadLetterTopic(name) === topic);
