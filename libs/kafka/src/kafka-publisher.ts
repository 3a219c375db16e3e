import type { Logger } from '@stopcovid/runtime';
import type { ICustomPartitioner, Kafka, Message } from 'kafkajs';
import type { DeadLetter } from './dead-letter';
import { kafkaClient, type KafkaConnection } from './kafka-client';
import { partitionOf } from './partition-of';
import { publishLanes, type Send } from './publish-lanes';
import { type OutgoingRecord, PublishFailed, type Publisher } from './publisher';

export type KafkaPublisherOptions = {
  readonly logger?: Logger;
};

/** A publisher that can also write records without a key, which only dead letters are. */
export type KafkaPublisher = Publisher & {
  /** Those with a key land in its partition, the others where they say. Rejects with PublishFailed. */
  publishDeadLetters(letters: readonly DeadLetter[]): Promise<void>;
};

const messageOf = (
  record: Pick<DeadLetter, 'key' | 'value'> & Partial<DeadLetter>,
  partition: number,
): Message => ({
  key: record.key,
  value: record.value,
  partition,
  headers: { ...record.headers },
});

const placeOfLetter = ({ key, partition = 0 }: DeadLetter, count: number): number => {
  if (key !== null) return partitionOf(key, count);
  return partition < count ? partition : 0;
};

const asBuffer = (value: OutgoingRecord['value']): Buffer | null =>
  typeof value === 'string' ? Buffer.from(value) : value;

/** Every message names its partition. */
const asNamed: ICustomPartitioner =
  () =>
  ({ message }) =>
    message.partition ?? 0;

/** How many partitions topics have, asked once per topic; at hand once it was answered. */
const partitionCounts = (kafka: Kafka): ((topic: string) => number | Promise<number>) => {
  const asked = new Map<string, Promise<number>>();
  const known = new Map<string, number>();
  const ask = async (topic: string): Promise<number> => {
    const admin = kafka.admin({ retry: { retries: 2 } });
    try {
      await admin.connect();
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      return topics[0]?.partitions.length ?? 0;
    } finally {
      await admin.disconnect();
    }
  };
  const askOnce = (topic: string): Promise<number> => {
    const answer = asked.get(topic) ?? ask(topic);
    asked.set(topic, answer);
    answer.then(
      (count) => known.set(topic, count),
      () => asked.delete(topic),
    );
    return answer.catch((error: unknown) => Promise.reject(new PublishFailed(topic, error)));
  };
  return (topic) => known.get(topic) ?? askOnce(topic);
};

/**
 * A publisher into Kafka: acknowledged by all replicas, in order per key, to topics that exist. It connects by itself
 * and gives up after some seconds with PublishFailed; later calls try again.
 */
export const kafkaPublisher = (
  connection: KafkaConnection,
  options: KafkaPublisherOptions = {},
): KafkaPublisher => {
  const kafka = kafkaClient(connection, options.logger);
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    idempotent: false,
    createPartitioner: asNamed,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 8 },
  });
  const countOf = partitionCounts(kafka);
  let connected: Promise<void> | undefined;

  const connect = (): Promise<void> => {
    connected ??= producer.connect().catch((error: unknown) => {
      connected = undefined;
      throw error;
    });
    return connected;
  };
  const send: Send = async (shipments) => {
    await connect();
    return producer.sendBatch({ topicMessages: [...shipments], acks: -1, timeout: 10_000 });
  };
  const pushAll = publishLanes(send);

  return {
    async publish(topic, records, mayWaitMs) {
      if (records.length === 0) return;
      const count = await countOf(topic);
      const messages = records.map((record) =>
        messageOf({ ...record, value: asBuffer(record.value) }, partitionOf(record.key, count)),
      );
      await pushAll(topic, messages, mayWaitMs);
    },
    async publishDeadLetters(letters) {
      for (const topic of new Set(letters.map((letter) => letter.topic))) {
        const count = await countOf(topic);
        const own = letters.filter((letter) => letter.topic === topic);
        await pushAll(
          topic,
          own.map((letter) => messageOf(letter, placeOfLetter(letter, count))),
        );
      }
    },
    close: () => producer.disconnect(),
  };
};
