import { Health } from '@stopcovid/runtime';
import { KafkaBatchStrategy } from './kafka-batch-strategy';
import { kafkaPublisher } from './kafka-publisher';
import { kafkaUnderTest } from './kafka.testkit';
import { offsetAfter, type LogRecord } from './log-record';
import { done, type Outcome } from './outcome';

jest.setTimeout(90_000);

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
