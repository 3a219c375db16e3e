import { Metrics } from '@stopcovid/runtime';
import type { KafkaBatchOptions } from './kafka-batch-options';
import { KafkaBatchStrategy } from './kafka-batch-strategy';
import { kafkaPublisher } from './kafka-publisher';
import { kafkaUnderTest, memberThatVanishes } from './kafka.testkit';
import type { LogRecord } from './log-record';
import { done, retry, type Outcome } from './outcome';

jest.setTimeout(90_000);

describe('two Kafka consumers of one group', () => {
  it('share the work, and neither loses nor disorders any when one leaves under load', async () => {
    const kafka = await kafkaUnderTest(4);
    const publisher = kafkaPublisher(kafka.connection);
    const seen = new Map<string, number[]>();
    const member = (): { strategy: KafkaBatchStrategy; handled: () => number } => {
      const strategy = new KafkaBatchStrategy(kafka.options);
      let count = 0;
      const handle = async (records: readonly LogRecord[]): Promise<readonly Outcome[]> => {
        await new Promise((resolve) => setTimeout(resolve, 10));
        for (const { key, value } of records)
          seen.set(key ?? '', [...(seen.get(key ?? '') ?? []), Number(value?.toString())]);
        count += records.length;
        return records.map(() => done);
      };
      strategy.addHandler(kafka.topic, handle, true);
      strategy.listen(() => undefined);
      return { strategy, handled: () => count };
    };
    const publish = (from: number): Promise<void> =>
      publisher.publish(
        kafka.topic,
        Array.from({ length: 2_000 }, (_, n) => ({
          key: `+1202555${1_000 + (n % 40)}`,
          value: String(from + n),
        })),
      );
    const stays = member();
    await publish(0);
    await kafka.until(() => Promise.resolve(stays.handled() > 0 ? true : undefined));
    const leaves = member();
    await publish(2_000);
    let more = 4_000;
    await kafka.until(async () => {
      await publish(more);
      more += 2_000;
      return leaves.handled() > 0 ? true : undefined;
    });
    await leaves.strategy.close();
    await kafka.until(async () => ((await kafka.committed()) === more ? true : undefined));
    expect(seen.size).toBe(40);
    for (const [key, numbers] of seen) {
      const first = [...new Set(numbers)];
      expect({ key, count: first.length }).toEqual({ key, count: more / 40 });
      expect(first).toEqual([...first].sort((a, b) => a - b));
    }
    await stays.strategy.close();
    await publisher.close();
    await kafka.stop();
  });
});

describe('a member of a group that is gone while it joins', () => {
  it('keeps the partitions that it was given for seconds, not for a session', async () => {
    const kafka = await kafkaUnderTest(2);
    const publisher = kafkaPublisher(kafka.connection);
    const stays = new KafkaBatchStrategy({ ...kafka.options, sessionTimeoutMs: 45_000 });
    stays.addHandler(
      kafka.topic,
      (records: readonly LogRecord[]) => Promise.resolve(records.map(() => done)),
      true,
    );
    stays.listen(() => undefined);
    await kafka.until(() => Promise.resolve(stays.shareOf(kafka.topic).part === 1 ? true : undefined));
    await memberThatVanishes(kafka);
    await kafka.until(() => Promise.resolve(stays.joins === 2 ? true : undefined));
    const since = performance.now();
    const texts = Array.from({ length: 40 }, (_, n) => ({ key: `+1202555${1_000 + n}`, value: 'hello' }));
    await publisher.publish(kafka.topic, texts);
    await kafka.until(async () => ((await kafka.committed()) === texts.length ? true : undefined));
    expect({ joins: stays.joins, isInTime: performance.now() - since < 20_000 }).toEqual({
      joins: 3,
      isInTime: true,
    });
    await stays.close();
    await publisher.close();
    await kafka.stop();
  });
});

describe('the lag of a partition', () => {
  const lagsIn = async (metrics: Metrics): Promise<Readonly<Record<string, number>>> =>
    Object.fromEntries(
      [...(await metrics.text()).matchAll(/^batch_lag_records\{.*partition="(\d)".*\} (\d+)$/gm)].map(
        ([, partition, lag]) => [String(partition), Number(lag)],
      ),
    );
  const consumer = (options: KafkaBatchOptions, topic: string, outcome: Outcome) => {
    const metrics = new Metrics('spec');
    const strategy = new KafkaBatchStrategy({ ...options, metrics });
    const handle = (records: readonly LogRecord[]): Promise<readonly Outcome[]> =>
      Promise.resolve(records.map(() => outcome));
    strategy.addHandler(topic, handle, true);
    strategy.listen(() => undefined);
    return { strategy, lags: () => lagsIn(metrics) };
  };

  it('grows while the partition waits, and is told by nobody who has it no longer', async () => {
    const kafka = await kafkaUnderTest(2);
    const publisher = kafkaPublisher(kafka.connection);
    const phones = Array.from({ length: 40 }, (_, n) => `+1202555${1_000 + n}`);
    const publish = () =>
      publisher.publish(
        kafka.topic,
        phones.map((key) => ({ key, value: 'x' })),
      );
    const total = (lags: Readonly<Record<string, number>>) =>
      Object.values(lags).reduce((sum, lag) => sum + lag, 0);
    await publish();
    const first = consumer(kafka.options, kafka.topic, retry('not yet'));
    await kafka.until(async () => (total(await first.lags()) === 40 ? true : undefined));
    await publish();
    await kafka.until(async () => (total(await first.lags()) === 80 ? true : undefined));
    const second = consumer(kafka.options, kafka.topic, retry('not yet'));
    const both = await kafka.until(async () => {
      const lags = await Promise.all([first.lags(), second.lags()]);
      return lags.every((own) => Object.keys(own).length === 1) ? lags : undefined;
    });
    expect(total({ ...both[0], ...both[1] })).toBe(80);
    await second.strategy.close();
    expect(await second.lags()).toEqual({});
    await first.strategy.close();
    await publisher.close();
    await kafka.stop();
  });
});
