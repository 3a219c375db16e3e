import { randomUUID } from 'node:crypto';
import { connect, Socket } from 'node:net';
import { type Admin, type ISocketFactory, Kafka, KafkaJSProtocolError, logLevel } from 'kafkajs';
import { until } from '@stopcovid/runtime';
import { consumerOf, type KafkaBatchOptions } from './kafka-batch-options';
import type { KafkaConnection } from './kafka-client';
import type { LogRecord } from './log-record';
import { toLogRecord } from './partition-run';
import { createTopics } from './topics';

/** A topic of its own on a real Kafka, and ways to look into it. */
export type KafkaUnderTest = {
  readonly connection: KafkaConnection;
  readonly topic: string;
  readonly options: KafkaBatchOptions;
  readonly records: (topic: string) => Promise<readonly LogRecord[]>;
  readonly committed: () => Promise<number>;
  readonly remove: (topic: string) => Promise<void>;
  /** Asks until there is an answer. */
  readonly until: <T>(ask: () => Promise<T | undefined>) => Promise<T>;
  readonly stop: () => Promise<void>;
};

const brokers = (): readonly string[] => {
  const address = process.env['KAFKA_BROKERS'];
  if (!address) throw new Error('KAFKA_BROKERS is not set: this spec needs a real Kafka, host:port');
  return address.split(',');
};

/** A broker that has just been given a topic or a group refuses to speak of it for a moment. */
const untilLoaded = <T>(ask: () => Promise<T>): Promise<T> =>
  until(() =>
    ask().catch((error: unknown) => {
      if (error instanceof KafkaJSProtocolError && error.retriable) return undefined;
      throw error;
    }),
  );

const endOf = async (admin: Admin, topic: string): Promise<number> =>
  (await untilLoaded(() => admin.fetchTopicOffsets(topic))).reduce((sum, { high }) => sum + Number(high), 0);

/** Reads all that a topic holds now. */
const readAll = async (kafka: Kafka, admin: Admin, topic: string): Promise<readonly LogRecord[]> => {
  const count = await endOf(admin, topic);
  const found: LogRecord[] = [];
  if (count === 0) return found;
  const consumer = kafka.consumer({
    groupId: `look-${randomUUID()}`,
    maxWaitTimeInMs: 50,
    allowAutoTopicCreation: false,
  });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: ({ partition, message }) => {
      found.push(toLogRecord(topic, partition, message));
      return Promise.resolve();
    },
  });
  await until(() => Promise.resolve(found.length >= count ? true : undefined));
  await consumer.disconnect();
  return found;
};

/** Makes a topic with its dead letters; `stop` removes both. */
export const kafkaUnderTest = async (partitions: number): Promise<KafkaUnderTest> => {
  const topic = `batch-${randomUUID()}`;
  const group = `group-${topic}`;
  const connection = { brokers: brokers(), clientId: 'batch-transport-spec' };
  const plans = [topic, `${topic}.dead`].map((name) => ({ topic: name, partitions, retentionMs: -1 }));
  await createTopics(connection, plans);
  const kafka = new Kafka({ ...connection, brokers: [...connection.brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  return {
    connection,
    topic,
    options: {
      kafka: connection,
      group,
      sliceSize: 50,
      rereadEveryMs: 50,
      maxWaitMs: 50,
      backoff: { firstMs: 20, maxMs: 200 },
    },
    records: (name) => readAll(kafka, admin, name),
    committed: async () => {
      const [answer] = await untilLoaded(() => admin.fetchOffsets({ groupId: group, topics: [topic] }));
      return (answer?.partitions ?? []).reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
    },
    remove: (name) => admin.deleteTopics({ topics: [name] }),
    until,
    stop: async () => {
      await admin.deleteTopics({ topics: plans.map((plan) => plan.topic) });
      await admin.disconnect();
    },
  };
};

/**
 * A member of the group that is gone without a word as soon as the group knows of it: it has joined, takes what it is
 * given, and never works on it. Resolves once nothing of it is left but what the brokers remember.
 */
export const memberThatVanishes = async ({ connection, options, topic }: KafkaUnderTest): Promise<void> => {
  const sockets: Socket[] = [];
  let isGone = false;
  const socketFactory: ISocketFactory = ({ host, port, onConnect }) => {
    const socket = isGone ? new Socket() : connect(port, host, onConnect);
    sockets.push(socket);
    return socket;
  };
  const brokersOf = { brokers: [...connection.brokers], logLevel: logLevel.NOTHING };
  const consumer = consumerOf(new Kafka({ ...brokersOf, socketFactory }), options);
  const admin = new Kafka(brokersOf).admin();
  await admin.connect();
  await consumer.connect();
  await consumer.subscribe({ topic });
  consumer.on(consumer.events.CRASH, () => void setImmediate(() => void consumer.disconnect()));
  void consumer.run({ eachBatch: () => Promise.resolve() });
  await until(async () => {
    const { groups } = await admin.describeGroups([options.group]);
    return groups[0]?.members.length === 2 ? true : undefined;
  });
  isGone = true;
  for (const socket of sockets) socket.destroy(new Error('gone'));
  await admin.disconnect();
};
