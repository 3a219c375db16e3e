import { pause } from '@stopcovid/runtime';
import { type Admin, KafkaJSConnectionError, KafkaJSProtocolError } from 'kafkajs';
import type { KafkaConnection } from './kafka-client';
import { createTopics, type CreateTopicsOptions } from './topics';
import { KafkaUnavailable, rootOf, withAdmin } from './with-admin';

/** What the name of the topic begins with that says whose topics these are; the environment follows. It stays empty. */
export const markPrefix = 'dialog.environment.';

/** How a mark is made; its topic's name begins with `markPrefix` unless another is given. */
export type MarkOptions = CreateTopicsOptions & { readonly prefix?: string | undefined };

/** The environments to which the topics of this Kafka belong: none when they do not say. Throws KafkaUnavailable. */
export const markedEnvironments = (
  connection: KafkaConnection,
  prefix = markPrefix,
): Promise<readonly string[]> =>
  withAdmin(connection, async (admin) => {
    const names = await admin.listTopics();
    return names
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length))
      .sort();
  });

const saysNoSuchTopic = (error: unknown): boolean =>
  error instanceof KafkaJSProtocolError && error.type === 'UNKNOWN_TOPIC_OR_PARTITION';

const isThere = async (admin: Admin, topic: string): Promise<boolean> => {
  try {
    await admin.fetchTopicMetadata({ topics: [topic] });
    return true;
  } catch (error) {
    if (saysNoSuchTopic(rootOf(error))) return false;
    throw error;
  }
};

/** Do the topics say that they belong to this environment, whoever else they name? Throws KafkaUnavailable. */
export const isMarked = (
  connection: KafkaConnection,
  environment: string,
  prefix = markPrefix,
): Promise<boolean> => withAdmin(connection, (admin) => isThere(admin, `${prefix}${environment}`));

/** Two ways to ask whose the topics are: by all their names, and by our name alone. */
export type MarkQuestions = {
  readonly all: () => Promise<readonly string[]>;
  readonly own: () => Promise<boolean>;
};

/** Did brokers answer, and had no list? Where no connection came about, to ask otherwise takes as long once more. */
const isAnswer = (error: unknown): boolean =>
  error instanceof KafkaUnavailable && !(rootOf(error) instanceof KafkaJSConnectionError);

/**
 * Whose the topics are, as far as can be told: brokers list no names while a partition of any topic, whoever's, has no
 * leader. One who finds its own mark need not wait for that.
 */
export const ownersFor = async (
  environment: string,
  { all, own }: MarkQuestions,
): Promise<readonly string[]> => {
  try {
    return await all();
  } catch (error) {
    if (isAnswer(error) && (await own())) return [environment];
    throw error;
  }
};

/** Lets the topics say that they belong to this environment, too. Throws TopicRefused, KafkaUnavailable. */
export const markTopics = async (
  connection: KafkaConnection,
  environment: string,
  { prefix = markPrefix, ...options }: MarkOptions = {},
): Promise<void> => {
  await createTopics(
    connection,
    [{ topic: `${prefix}${environment}`, partitions: 1, retentionMs: -1 }],
    options,
  );
};

const lookAgainMs = 50;
const goneWithinMs = 10_000;

/**
 * Lets the topics say no more that they belong to these environments, whether they did or not. Resolves when brokers
 * answer so: they go on naming a topic for a moment after they have removed it. Throws KafkaUnavailable.
 */
export const unmarkTopics = (
  connection: KafkaConnection,
  environments: readonly string[],
  prefix = markPrefix,
): Promise<void> =>
  withAdmin(connection, async (admin) => {
    const topics = environments.map((environment) => `${prefix}${environment}`);
    await admin.deleteTopics({ topics }).catch((error: unknown) => {
      if (!saysNoSuchTopic(rootOf(error))) throw error;
    });
    const until = performance.now() + goneWithinMs;
    for (const topic of topics)
      while ((await isThere(admin, topic)) && performance.now() < until) await pause(lookAgainMs);
  });
