import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { Health, Metrics } from '@stopcovid/runtime';
import { batchTransportContract } from './batch-transport.contract';
import type { KafkaBatchOptions } from './kafka-batch-options';
import { KafkaBatchStrategy } from './kafka-batch-strategy';
import { kafkaPublisher } from './kafka-publisher';
import { kafkaUnderTest, memberThatVanishes } from './kafka.testkit';
import { offsetAfter, type LogRecord } from './log-record';
import { done, retry, type Outcome } from './outcome';
import { partitionOf } from './partition-of';
import { PublishFailed } from './publisher';
import { checkTopics, createTopics } from './topics';

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

describe('a Kafka consumer with a checkpoint', () => {
  it('starts at the checkpoint when the offsets of its group are lost', async () => {
    const kafka = await kafkaUnderTest(1);
    const publisher = kafkaPublisher(kafka.connection);
    const values = Array.from({ length: 10_050 }, (_, index) => ({
      key: '+12025550143',
      value: String(index),
    }));
    await publisher.publish(kafka.topic, values);
    const strategy = new KafkaBatchStrategy({
      ...kafka.options,
      fromCheckpoint: () => Promise.resolve('10040'),
    });
    const seen: string[] = [];
    const read = new Promise<void>((resolve) => {
      strategy.addHandler(
        kafka.topic,
        (records: readonly { offset: string }[]) => {
          seen.push(...records.map(({ offset }) => offset));
          if (seen.includes('10049')) resolve();
          return Promise.resolve(records.map(() => done));
        },
        true,
      );
    });
    strategy.listen(() => undefined);
    await read;
    expect(seen[0]).toBe('10040');
    await strategy.close();
    await publisher.close();
    await kafka.stop();
  });

  it('halts and says so when the topic ends below what was decided', async () => {
    const kafka = await kafkaUnderTest(1);
    const health = new Health();
    const strategy = new KafkaBatchStrategy({
      ...kafka.options,
      health,
      fromCheckpoint: () => Promise.resolve('7'),
    });
    strategy.addHandler(kafka.topic, () => Promise.resolve([]), true);
    strategy.listen(() => undefined);
    const said = await kafka.until(async () => {
      const report = await health.ready();
      return Object.values(report.checks).find(({ detail }) => detail?.includes('made anew'));
    });
    expect(said).toMatchObject({ up: false });
    expect(strategy.shareOf(kafka.topic)).toEqual({ partitions: [0], part: 1 });
    await strategy.close();
    await kafka.stop();
  });
});

describe('a Kafka consumer whose topic was made anew', () => {
  it('goes on, without a restart, once an operator accepts that', async () => {
    const kafka = await kafkaUnderTest(1);
    const publisher = kafkaPublisher(kafka.connection);
    await publisher.publish(kafka.topic, [{ key: '+12025550143', value: 'first of the new ones' }]);
    const health = new Health();
    let checkpoint: string | undefined = '7';
    const seen: string[] = [];
    const strategy = new KafkaBatchStrategy({
      ...kafka.options,
      health,
      fromCheckpoint: () => Promise.resolve(checkpoint),
    });
    const handle = (records: readonly LogRecord[]): Promise<readonly Outcome[]> => {
      seen.push(...records.map(({ value }) => String(value)));
      return Promise.resolve(records.map(() => done));
    };
    strategy.addHandler(kafka.topic, handle, true);
    strategy.listen(() => undefined);
    const complaints = async () =>
      Object.values((await health.ready()).checks).flatMap(({ detail }) => detail ?? []);
    const isHalted = async () => (await complaints()).some((detail) => detail.includes('made anew'));
    await kafka.until(async () => ((await isHalted()) ? true : undefined));
    expect(seen).toEqual([]);
    checkpoint = undefined;
    await kafka.until(() => Promise.resolve(seen.length > 0 ? true : undefined));
    expect(await isHalted()).toBe(false);
    expect(seen).toEqual(['first of the new ones']);
    await strategy.close();
    await publisher.close();
    await kafka.stop();
  });
});

describe('a Kafka consumer whose database was restored from a backup', () => {
  it('does nothing, although nothing new comes, until somebody accepts the database', async () => {
    const kafka = await kafkaUnderTest(1);
    const publisher = kafkaPublisher(kafka.connection);
    const database = { acceptedAt: 0, offset: '0' };
    const marks = {
      mark: () => Promise.resolve({ ...database }),
      known: () => ({ ...database }),
    };
    const seen: string[] = [];
    const start = (health = new Health()) => {
      const strategy = new KafkaBatchStrategy({ ...kafka.options, health, marks });
      const handle = (records: readonly LogRecord[]): Promise<readonly Outcome[]> => {
        seen.push(...records.map(({ value }) => String(value)));
        database.offset = offsetAfter(records.at(-1)?.offset ?? '0');
        return Promise.resolve(records.map(() => done));
      };
      strategy.addHandler(kafka.topic, handle, true);
      strategy.listen(() => undefined);
      const isHalted = async () =>
        Object.values((await health.ready()).checks).some(({ detail }) => detail?.includes('dialog restore'));
      return { strategy, isHalted };
    };
    const publish = (value: string) => publisher.publish(kafka.topic, [{ key: '+12025550143', value }]);
    await publish('one');
    await publish('two');
    const first = start();
    await kafka.until(() => Promise.resolve(seen.length === 2 || undefined));
    await kafka.until(async () => (await kafka.committed()) === 2 || undefined);
    await first.strategy.close();

    const restarted = start();
    await kafka.until(() =>
      Promise.resolve(restarted.strategy.clearOf(kafka.topic).length === 1 || undefined),
    );
    expect(await restarted.isHalted()).toBe(false);
    await restarted.strategy.close();

    database.offset = '1';
    const { strategy, isHalted } = start();
    await kafka.until(async () => (await isHalted()) || undefined);
    await publish('three');
    expect([strategy.clearOf(kafka.topic), seen]).toEqual([[], ['one', 'two']]);
    database.acceptedAt = 1_700_000_000_000;
    await kafka.until(() => Promise.resolve(seen.length === 3 || undefined));
    expect(seen).toEqual(['one', 'two', 'three']);
    await kafka.until(() => Promise.resolve(strategy.clearOf(kafka.topic).length === 1 || undefined));
    await strategy.close();
    await publisher.close();
    await kafka.stop();
  });
});

describe('publishing to Kafka', () => {
  it('takes a slice larger than the broker takes at once', async () => {
    const kafka = await kafkaUnderTest(1);
    const publisher = kafkaPublisher(kafka.connection);
    const body = 'x'.repeat(3_000);
    const records = Array.from({ length: 500 }, (_, n) => ({ key: '+12025550143', value: `${n} ${body}` }));
    await publisher.publish(kafka.topic, records);
    const numbers = (await kafka.records(kafka.topic)).map(({ value }) =>
      Number(String(value).split(' ')[0]),
    );
    expect(numbers).toEqual(records.map((_, n) => n));
    await publisher.close();
    await kafka.stop();
  });

  it('fails with an error that says retry when no broker answers', async () => {
    const silent = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const publisher = kafkaPublisher({ brokers: [`127.0.0.1:${port}`], clientId: randomUUID() });
    const failure: unknown = await publisher
      .publish('dialog.events.v1', [{ key: '+12025550143', value: 'x' }])
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PublishFailed);
    expect(failure).toMatchObject({ code: 'KAFKA_PUBLISH_FAILED', disposition: 'retry' });
    await publisher.close();
    await new Promise((resolve) => silent.close(resolve));
  });

  it('does not make a topic that nobody created', async () => {
    const kafka = await kafkaUnderTest(1);
    const publisher = kafkaPublisher(kafka.connection);
    const nobody = `nobody-made-this-${randomUUID()}`;
    await expect(publisher.publish(nobody, [{ key: 'k', value: 'v' }])).rejects.toBeInstanceOf(PublishFailed);
    expect(await checkTopics(kafka.connection, [{ topic: nobody, partitions: 1, retentionMs: -1 }])).toEqual([
      { topic: nobody, problem: 'does not exist' },
    ]);
    await publisher.close();
    await kafka.stop();
  });
});

describe('topics in Kafka', () => {
  it('are created once as planned, and a difference from the plan is named', async () => {
    const kafka = await kafkaUnderTest(3);
    const plan = { topic: `planned-${randomUUID()}`, partitions: 3, retentionMs: 3_600_000 };
    expect(await createTopics(kafka.connection, [plan])).toEqual([plan.topic]);
    expect(await createTopics(kafka.connection, [plan])).toEqual([]);
    expect(await checkTopics(kafka.connection, [plan])).toEqual([]);
    expect(await checkTopics(kafka.connection, [{ ...plan, partitions: 2, retentionMs: -1 }])).toEqual([
      { topic: plan.topic, problem: 'has 3 partitions, not 2' },
      { topic: plan.topic, problem: 'keeps records 3600000 ms, not -1' },
    ]);
    await kafka.remove(plan.topic);
    await kafka.stop();
  });
});
