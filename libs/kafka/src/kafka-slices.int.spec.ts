import type { KafkaBatchOptions } from './kafka-batch-options';
import { KafkaBatchStrategy } from './kafka-batch-strategy';
import { kafkaPublisher } from './kafka-publisher';
import { kafkaUnderTest } from './kafka.testkit';
import type { LogRecord } from './log-record';
import { done, type Outcome } from './outcome';
import { partitionOf } from './partition-of';

jest.setTimeout(90_000);

describe('a Kafka consumer that gathers', () => {
  const gathering = (options: KafkaBatchOptions, topic: string) => {
    const strategy = new KafkaBatchStrategy(options);
    const slices: (readonly string[])[] = [];
    const handle = (records: readonly LogRecord[]): Promise<readonly Outcome[]> => {
      slices.push(records.map(({ value }) => String(value).trimEnd()));
      return Promise.resolve(records.map(() => done));
    };
    strategy.addHandler(topic, handle, true);
    strategy.listen(() => undefined);
    return { strategy, slices };
  };
  const key = '+12025550143';

  it('is given in one slice what comes record by record within its time', async () => {
    const kafka = await kafkaUnderTest(2);
    const publisher = kafkaPublisher(kafka.connection);
    const { strategy, slices } = gathering({ ...kafka.options, gatherMs: 2_000 }, kafka.topic);
    await publisher.publish(kafka.topic, [{ key, value: 'before' }]);
    await kafka.until(async () => (await kafka.committed()) === 1 || undefined);
    for (const value of ['one', 'two', 'three', 'four'])
      await publisher.publish(kafka.topic, [{ key, value }]);
    await kafka.until(async () => (await kafka.committed()) === 5 || undefined);
    expect(slices).toEqual([['before'], ['one', 'two', 'three', 'four']]);
    await strategy.close();
    await publisher.close();
    await kafka.stop();
  });

  it('is given a backlog of one partition at once, however long it may wait for more', async () => {
    const kafka = await kafkaUnderTest(2);
    const publisher = kafkaPublisher(kafka.connection);
    const backlog = Array.from({ length: 100 }, (_, n) => ({ key, value: String(n).padEnd(1_000) }));
    await publisher.publish(kafka.topic, backlog);
    const { strategy, slices } = gathering({ ...kafka.options, gatherMs: 600_000 }, kafka.topic);
    await kafka.until(async () => (await kafka.committed()) === 100 || undefined);
    expect(slices).toEqual([
      Array.from({ length: 50 }, (_, n) => String(n)),
      Array.from({ length: 50 }, (_, n) => String(50 + n)),
    ]);
    const closed = strategy.close();
    await publisher.publish(kafka.topic, backlog);
    await closed;
    await publisher.close();
    await kafka.stop();
  });
});

describe('the partitions of a fetch', () => {
  it('are worked on at once, so that what they ask for can travel together', async () => {
    const kafka = await kafkaUnderTest(12);
    const publisher = kafkaPublisher(kafka.connection);
    const phones = Array.from({ length: 200 }, (_, n) => `+1202555${1_000 + n}`);
    const oneOfEach = [
      ...new Map(phones.map((key) => [partitionOf(key, 12), { key, value: 'hello' }])).values(),
    ];
    expect(oneOfEach).toHaveLength(12);
    await publisher.publish(kafka.topic, oneOfEach);
    const strategy = new KafkaBatchStrategy(kafka.options);
    const atWork = new Set<string | null>();
    const handle = async (records: readonly LogRecord[]): Promise<readonly Outcome[]> => {
      for (const { key } of records) atWork.add(key);
      await kafka.until(() => Promise.resolve(atWork.size === 12 || undefined));
      return records.map(() => done);
    };
    strategy.addHandler(kafka.topic, handle, true);
    strategy.listen(() => undefined);
    await kafka.until(async () => (await kafka.committed()) === 12 || undefined);
    await strategy.close();
    await publisher.close();
    await kafka.stop();
  });
});

describe('a partition with much to do', () => {
  it('lets the others of its consumer go on after its turn', async () => {
    const kafka = await kafkaUnderTest(2);
    const publisher = kafkaPublisher(kafka.connection);
    const phones = Array.from({ length: 100 }, (_, n) => `+1202555${1_000 + n}`);
    const ofPartition = (partition: number): string =>
      phones.find((phone) => partitionOf(phone, 2) === partition) ?? '';
    await publisher.publish(
      kafka.topic,
      Array.from({ length: 2_000 }, (_, n) => ({ key: ofPartition(0), value: String(n) })),
    );
    const strategy = new KafkaBatchStrategy({ ...kafka.options, turnMs: 100 });
    const seen: string[] = [];
    const handle = async (records: readonly LogRecord[]): Promise<readonly Outcome[]> => {
      if (seen.length === 0) await publisher.publish(kafka.topic, [{ key: ofPartition(1), value: 'other' }]);
      seen.push(...records.map(({ value }) => String(value)));
      await new Promise((resolve) => setTimeout(resolve, 40));
      return records.map(() => done);
    };
    strategy.addHandler(kafka.topic, handle, true);
    strategy.listen(() => undefined);
    await kafka.until(async () => ((await kafka.committed()) === 2_001 ? true : undefined));
    expect(seen.indexOf('other')).toBeLessThan(1_000);
    expect(seen.filter((value) => value !== 'other')).toEqual(
      Array.from({ length: 2_000 }, (_, n) => String(n)),
    );
    await strategy.close();
    await publisher.close();
    await kafka.stop();
  });
});
