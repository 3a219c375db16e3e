import { batchTransportContract } from './batch-transport.contract';
import { KafkaBatchStrategy } from './kafka-batch-strategy';
import { kafkaPublisher } from './kafka-publisher';
import { kafkaUnderTest } from './kafka.testkit';

jest.setTimeout(90_000);

batchTransportContract('Kafka', async () => {
  const kafka = await kafkaUnderTest(4);
  const publisher = kafkaPublisher(kafka.connection);
  return {
    topic: kafka.topic,
    partitions: 4,
    publish: (records) => publisher.publish(kafka.topic, records),
    strategy: () => new KafkaBatchStrategy(kafka.options),
    deadLetters: () => kafka.records(`${kafka.topic}.dead`),
    committed: () => kafka.committed(),
    stop: async () => {
      await publisher.close();
      await kafka.stop();
    },
  };
});
