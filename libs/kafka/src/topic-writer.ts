import type { ICustomPartitioner, Message } from 'kafkajs';
import { kafkaClient, type KafkaConnection } from './kafka-client';
import type { LogRecord } from './log-record';
import { PublishFailed } from './publisher';

/** A record as it stood elsewhere: it goes to a partition that is named, with the time that it had. */
export type CopiedRecord = Pick<LogRecord, 'key' | 'value' | 'headers' | 'timestamp'>;

/** Writes copies of records where they stood before, whatever their keys say. */
export type TopicWriter = {
  /** Resolves once all are on all replicas, in this order and once each. Rejects with PublishFailed. */
  append(topic: string, partition: number, records: readonly CopiedRecord[]): Promise<void>;
  close(): Promise<void>;
};

const asNamed: ICustomPartitioner =
  () =>
  ({ message }) =>
    message.partition ?? 0;

/**
 * A writer of copies. Kafka takes each record once although an answer may get lost: nobody reads these topics yet, so
 * a copy must be whole and have nothing twice. One call at a time per partition.
 */
export const topicWriter = (connection: KafkaConnection): TopicWriter => {
  const producer = kafkaClient(connection).producer({
    allowAutoTopicCreation: false,
    idempotent: true,
    createPartitioner: asNamed,
  });
  let connected: Promise<void> | undefined;
  return {
    async append(topic, partition, records) {
      if (records.length === 0) return;
      const messages = records.map(({ key, value, headers, timestamp }): Message => ({
        key,
        value,
        partition,
        headers: { ...headers },
        timestamp: String(timestamp),
      }));
      try {
        await (connected ??= producer.connect());
        await producer.send({ topic, messages, acks: -1, timeout: 10_000 });
      } catch (error) {
        throw new PublishFailed(topic, error);
      }
    },
    close: () => producer.disconnect(),
  };
};
