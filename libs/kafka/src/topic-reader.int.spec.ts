import { type Admin, Kafka, logLevel } from 'kafkajs';
import { kafkaPublisher } from './kafka-publisher';
import { kafkaUnderTest, type KafkaUnderTest } from './kafka.testkit';
import type { LogRecord } from './log-record';
import { PartitionUnknown, readRecord, readTopic, topicOffsets } from './topic-reader';
import { KafkaUnavailable, TopicUnknown } from './with-admin';

jest.setTimeout(90_000);

const phones = ['+12025550143', '+12025550144', '+12025550145', '+12025550146', '+12025550147'];

describe('reading a topic', () => {
  let kafka: KafkaUnderTest;
  const admins: Admin[] = [];
  const client = () => new Kafka({ brokers: [...kafka.connection.brokers], logLevel: logLevel.NOTHING });
  const fill = async (count: number): Promise<void> => {
    const publisher = kafkaPublisher(kafka.connection);
    const records = Array.from({ length: count }, (_, n) => ({
      key: phones[n % phones.length] ?? '',
      value: String(n),
    }));
    await publisher.publish(kafka.topic, records);
    await publisher.close();
  };
  const readAll = async (request: Partial<Parameters<typeof readTopic>[1]> = {}) => {
    const records: LogRecord[] = [];
    await readTopic(
      kafka.connection,
      { topic: kafka.topic, ...request },
      (some) => void records.push(...some),
    );
    return records;
  };
  const groups = async (): Promise<readonly string[]> => {
    const admin = client().admin();
    await admin.connect();
    const { groups: found } = await admin.listGroups();
    await admin.disconnect();
    return found.map(({ groupId }) => groupId).filter((group) => group.startsWith('dialog-reads-'));
  };

  beforeEach(async () => {
    kafka = await kafkaUnderTest(7);
  });
  afterEach(async () => {
    await kafka.stop();
    for (const admin of admins.splice(0)) await admin.disconnect();
  });

  it('gives every record once, in order per partition, and tells how far it is', async () => {
    await fill(3_000);
    const told: (readonly [number, number])[] = [];
    const records = await readAll({ onProgress: (read, total) => void told.push([read, total]) });
    expect(records).toHaveLength(3_000);
    for (const phone of phones) {
      const numbers = records.filter(({ key }) => key === phone).map(({ value }) => Number(value));
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      expect(numbers).toHaveLength(600);
    }
    expect(told[0]).toEqual([0, 3_000]);
    expect(told.at(-1)).toEqual([3_000, 3_000]);
  });

  it('gives nothing of an empty topic, and nothing that is written after it began', async () => {
    await expect(readAll()).resolves.toEqual([]);
    await fill(5);
    const seen: LogRecord[] = [];
    await readTopic(kafka.connection, { topic: kafka.topic }, async (some) => {
      seen.push(...some);
      await fill(5);
    });
    expect(seen).toHaveLength(5);
  });

  it('begins where it is told, in the partitions that it is told', async () => {
    await fill(50);
    const ends = await topicOffsets(kafka.connection, kafka.topic);
    const [one, other] = ends.filter(({ end }) => Number(end) >= 10);
    const partitions = [one?.partition ?? -1, other?.partition ?? -1];
    const records = await readAll({ partitions, from: (p) => (p === partitions[0] ? '8' : undefined) });
    expect(records).toHaveLength(Number(one?.end) - 8 + Number(other?.end));
    expect(records.find(({ partition }) => partition === partitions[0])?.offset).toBe('8');
    await expect(readAll({ partitions: [7] })).rejects.toThrow(PartitionUnknown);
  });

  it('goes over records that were deleted', async () => {
    await fill(50);
    const [full] = (await topicOffsets(kafka.connection, kafka.topic)).filter(({ end }) => Number(end) >= 10);
    const partition = full?.partition ?? -1;
    const admin = client().admin();
    admins.push(admin);
    await admin.connect();
    await admin.fetchTopicMetadata({ topics: [kafka.topic] });
    await admin.deleteTopicRecords({ topic: kafka.topic, partitions: [{ partition, offset: '6' }] });
    const own = (await topicOffsets(kafka.connection, kafka.topic)).find((p) => p.partition === partition);
    expect(own?.first).toBe('6');
    const records = await readAll({ partitions: [partition], from: () => '2' });
    expect(records.map(({ offset }) => offset)[0]).toBe('6');
    await expect(
      readRecord(kafka.connection, { topic: kafka.topic, partition, offset: '5' }),
    ).resolves.toBeUndefined();
    await admin.deleteTopicRecords({ topic: kafka.topic, partitions: [{ partition, offset: '-1' }] });
    await expect(readAll({ partitions: [partition] })).resolves.toEqual([]);
  });

  it('comes to the end of a topic whose last offset is the mark of a transaction', async () => {
    const producer = client().producer({
      transactionalId: kafka.topic,
      maxInFlightRequests: 1,
      idempotent: true,
    });
    await producer.connect();
    const send = async (value: string, finish: 'commit' | 'abort') => {
      const transaction = await producer.transaction();
      await transaction.send({ topic: kafka.topic, messages: [{ key: null, value, partition: 0 }] });
      await transaction[finish]();
    };
    await send('kept', 'commit');
    await send('dropped', 'abort');
    await producer.disconnect();
    const records = await readAll();
    expect(records.map(({ value, key }) => [String(value), key])).toEqual([['kept', null]]);
    const at = (offset: string) => readRecord(kafka.connection, { topic: kafka.topic, partition: 0, offset });
    expect(String((await at('0'))?.value)).toBe('kept');
    await expect(at('1')).resolves.toBeUndefined();
  });

  it('finds one record by its place, and none beyond the end, however far', async () => {
    await fill(50);
    const [full] = (await topicOffsets(kafka.connection, kafka.topic)).filter(({ end }) => Number(end) >= 10);
    const partition = full?.partition ?? -1;
    const at = (offset: string) => readRecord(kafka.connection, { topic: kafka.topic, partition, offset });
    await expect(at('4')).resolves.toMatchObject({ partition, offset: '4', topic: kafka.topic });
    await expect(at(full?.end ?? '')).resolves.toBeUndefined();
    await expect(at('9223372036854775809000')).resolves.toBeUndefined();
    await expect(
      readRecord(kafka.connection, { topic: kafka.topic, partition: 99, offset: '0' }),
    ).rejects.toThrow('0 to 6');
  });

  it('says that a topic is unknown, without making it', async () => {
    const topic = `${kafka.topic}-not-there`;
    await expect(topicOffsets(kafka.connection, topic)).rejects.toThrow(TopicUnknown);
    await expect(readTopic(kafka.connection, { topic }, () => undefined)).rejects.toThrow(TopicUnknown);
    await expect(topicOffsets(kafka.connection, topic)).rejects.toThrow(TopicUnknown);
  });

  it('says within seconds that no broker answers', async () => {
    const away = { brokers: ['127.0.0.1:1'], clientId: 'spec' };
    await expect(topicOffsets(away, 'any')).rejects.toThrow(KafkaUnavailable);
  });

  it('stops when it is told to, and when its visitor fails', async () => {
    await fill(50);
    const stop = new AbortController();
    const stopped = readTopic(kafka.connection, { topic: kafka.topic, signal: stop.signal }, () =>
      stop.abort(new Error('enough')),
    );
    await expect(stopped).rejects.toThrow('enough');
    const broken = readTopic(kafka.connection, { topic: kafka.topic }, () =>
      Promise.reject(new Error('broken')),
    );
    await expect(broken).rejects.toThrow('broken');
    await expect(
      readTopic(kafka.connection, { topic: kafka.topic, signal: AbortSignal.abort() }, () => undefined),
    ).rejects.toThrow('aborted');
  });

  it('leaves no group behind', async () => {
    await fill(5);
    const before = new Set(await groups());
    await readAll();
    /* Other specs read on the same broker: their groups, too, are gone after a while. */
    const left = (await groups()).filter((group) => !before.has(group));
    await kafka.until(async () => {
      const now = await groups();
      return left.some((group) => now.includes(group)) ? undefined : true;
    });
  });
});
