import type { KafkaBatchOptions } from './kafka-batch-options';
import { KafkaBatchStrategy } from './kafka-batch-strategy';
import { kafkaPublisher } from './kafka-publisher';
import { kafkaUnderTest, type KafkaUnderTest } from './kafka.testkit';
import type { LogRecord } from './log-record';
import { done, type Outcome } from './outcome';

type Handle = (records: readonly LogRecord[]) => Promise<readonly Outcome[]>;
type KeyAndValue = { readonly key: string; readonly value: string };

/** A topic of its own on a real Kafka with who writes and reads it; `stop` ends whoever is still there. */
export type ReadKafka = KafkaUnderTest & {
  readonly publish: (records: readonly KeyAndValue[]) => Promise<void>;
  /** One more consumer of the group, at work. */
  readonly consume: (handle: Handle, options?: Partial<KafkaBatchOptions>) => KafkaBatchStrategy;
  readonly leave: (consumer: KafkaBatchStrategy) => Promise<void>;
  readonly untilCommitted: (count: number) => Promise<true>;
};

/** Does with each slice what is asked, and is done with it. */
export const doneAfter =
  (work: (records: readonly LogRecord[]) => unknown): Handle =>
  async (records) => {
    await work(records);
    return records.map(() => done);
  };

export const readKafka = async (partitions: number): Promise<ReadKafka> => {
  const kafka = await kafkaUnderTest(partitions);
  const publisher = kafkaPublisher(kafka.connection);
  const consumers = new Set<KafkaBatchStrategy>();
  const leave = async (consumer: KafkaBatchStrategy): Promise<void> => {
    consumers.delete(consumer);
    await consumer.close();
  };
  return {
    ...kafka,
    publish: (records) => publisher.publish(kafka.topic, records),
    consume: (handle, options) => {
      const consumer = new KafkaBatchStrategy({ ...kafka.options, ...options });
      consumers.add(consumer);
      consumer.addHandler(kafka.topic, handle, true);
      consumer.listen(() => undefined);
      return consumer;
    },
    leave,
    untilCommitted: (count) => kafka.until(async () => (await kafka.committed()) === count || undefined),
    stop: async () => {
      await Promise.all([...consumers].map(leave));
      await publisher.close();
      await kafka.stop();
    },
  };
};
