import { Kafka, logLevel } from 'kafkajs';
import { kafkaPublisher } from './kafka-publisher';
import { kafkaUnderTest, type KafkaUnderTest } from './kafka.testkit';
import { clusterIdOf, groupLags, growTopic, setTopicConfig, topicStates } from './topic-admin';
import { publishInLz4 } from './lz4.testkit';
import { readRecord, topicOffsets } from './topic-reader';
import { KafkaUnavailable } from './with-admin';

jest.setTimeout(90_000);

describe('the administration of topics', () => {
  let kafka: KafkaUnderTest;
  beforeEach(async () => {
    kafka = await kafkaUnderTest(2);
  });
  afterEach(() => kafka.stop());

  it('knows the cluster by its id, and says when none answers', async () => {
    await expect(clusterIdOf(kafka.connection)).resolves.toMatch(/^\S+$/);
    await expect(clusterIdOf({ brokers: ['127.0.0.1:1'], clientId: 'spec' })).rejects.toThrow(
      KafkaUnavailable,
    );
  });

  it('describes the topics that exist, and leaves out those that do not', async () => {
    await expect(topicStates(kafka.connection, ['nowhere', kafka.topic])).resolves.toEqual([
      {
        topic: kafka.topic,
        partitions: 2,
        replication: 1,
        retentionMs: -1,
        cleanupPolicy: 'delete',
        compression: 'uncompressed',
        maxMessageBytes: expect.any(Number),
      },
    ]);
  });

  it('changes a setting and keeps the others', async () => {
    await setTopicConfig(kafka.connection, kafka.topic, [{ name: 'max.message.bytes', value: '2000000' }]);
    await setTopicConfig(kafka.connection, kafka.topic, [{ name: 'retention.ms', value: '86400000' }]);
    const admin = new Kafka({ brokers: [...kafka.connection.brokers], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: 2, name: kafka.topic }],
    });
    await admin.disconnect();
    const entries = new Map(
      resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]),
    );
    expect(entries.get('max.message.bytes')).toBe('2000000');
    expect(entries.get('retention.ms')).toBe('86400000');
    expect(entries.get('compression.type')).toBe('uncompressed');
  });

  it('lets the brokers unpack what a foreign tool packed, since no reader here could', async () => {
    await publishInLz4(kafka.connection, kafka.topic, { key: '+12025550123', value: 'packed' });
    const at = { topic: kafka.topic, partition: 0, offset: '0' };
    await expect(readRecord(kafka.connection, at)).resolves.toMatchObject({ value: Buffer.from('packed') });
    await setTopicConfig(kafka.connection, kafka.topic, [{ name: 'compression.type', value: 'producer' }]);
    await publishInLz4(kafka.connection, kafka.topic, { key: '+12025550123', value: 'packed' });
    await expect(readRecord(kafka.connection, { ...at, offset: '1' })).rejects.toThrow();
  });

  it('adds partitions, which can be written to at once', async () => {
    await growTopic(kafka.connection, kafka.topic, 5);
    await expect(topicOffsets(kafka.connection, kafka.topic)).resolves.toHaveLength(5);
  });

  it('knows how far each group is from the end', async () => {
    const publisher = kafkaPublisher(kafka.connection);
    const phones = Array.from({ length: 20 }, (_, n) => `+120255501${10 + n}`);
    await publisher.publish(
      kafka.topic,
      phones.map((key) => ({ key, value: 'x' })),
    );
    await publisher.close();
    await expect(groupLags(kafka.connection, kafka.topic)).resolves.toEqual([]);
    const group = `group-${kafka.topic}`;
    const admin = new Kafka({ brokers: [...kafka.connection.brokers], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const [first, second] = await topicOffsets(kafka.connection, kafka.topic);
    const set = (partition: number, offset: string) =>
      kafka.until(() =>
        admin.setOffsets({ groupId: group, topic: kafka.topic, partitions: [{ partition, offset }] }).then(
          () => true,
          () => undefined,
        ),
      );
    await set(0, '1');
    await expect(groupLags(kafka.connection, kafka.topic)).resolves.toEqual([
      { group, lag: BigInt(first?.end ?? 0) - 1n + BigInt(second?.end ?? 0), unread: 1 },
    ]);
    await set(0, first?.end ?? '');
    await set(1, second?.end ?? '');
    await expect(groupLags(kafka.connection, kafka.topic)).resolves.toEqual([{ group, lag: 0n, unread: 0 }]);
    await admin.disconnect();
  });
});
