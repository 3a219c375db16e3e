import { Health } from '@stopcovid/runtime';
import { doneAfter, readKafka } from './consumers.testkit';
import { offsetAfter } from './log-record';

jest.setTimeout(90_000);

const key = '+12025550143';

/** Whether the door of a service says that this is amiss. */
const complainsOf = async (health: Health, words: string): Promise<boolean> =>
  Object.values((await health.ready()).checks).some(({ detail }) => detail?.includes(words));

describe('a Kafka consumer with a checkpoint', () => {
  it('starts at the checkpoint when the offsets of its group are lost', async () => {
    const kafka = await readKafka(1);
    await kafka.publish(Array.from({ length: 10_050 }, (_, index) => ({ key, value: String(index) })));
    const seen: string[] = [];
    kafka.consume(
      doneAfter((records) => seen.push(...records.map(({ offset }) => offset))),
      { fromCheckpoint: () => Promise.resolve('10040') },
    );
    await kafka.until(() => Promise.resolve(seen.includes('10049') || undefined));
    expect(seen[0]).toBe('10040');
    await kafka.stop();
  });

  it('halts and says so when the topic ends below what was decided', async () => {
    const kafka = await readKafka(1);
    const health = new Health();
    const consumer = kafka.consume(
      doneAfter(() => undefined),
      { health, fromCheckpoint: () => Promise.resolve('7') },
    );
    const said = await kafka.until(async () => {
      const report = await health.ready();
      return Object.values(report.checks).find(({ detail }) => detail?.includes('made anew'));
    });
    expect(said).toMatchObject({ up: false });
    expect(consumer.shareOf(kafka.topic)).toEqual({ partitions: [0], part: 1 });
    await kafka.stop();
  });
});

describe('a Kafka consumer whose topic was made anew', () => {
  it('goes on, without a restart, once an operator accepts that', async () => {
    const kafka = await readKafka(1);
    await kafka.publish([{ key, value: 'first of the new ones' }]);
    const health = new Health();
    let checkpoint: string | undefined = '7';
    const seen: string[] = [];
    kafka.consume(
      doneAfter((records) => seen.push(...records.map(({ value }) => String(value)))),
      { health, fromCheckpoint: () => Promise.resolve(checkpoint) },
    );
    const isHalted = () => complainsOf(health, 'made anew');
    await kafka.until(async () => (await isHalted()) || undefined);
    expect(seen).toEqual([]);
    checkpoint = undefined;
    await kafka.until(() => Promise.resolve(seen.length > 0 || undefined));
    expect(await isHalted()).toBe(false);
    expect(seen).toEqual(['first of the new ones']);
    await kafka.stop();
  });
});

describe('a Kafka consumer whose database was restored from a backup', () => {
  it('does nothing, although nothing new comes, until somebody accepts the database', async () => {
    const kafka = await readKafka(1);
    const database = { acceptedAt: 0, offset: '0' };
    const marks = {
      mark: () => Promise.resolve({ ...database }),
      known: () => ({ ...database }),
    };
    const seen: string[] = [];
    const start = (health = new Health()) => {
      const fold = doneAfter((records) => {
        seen.push(...records.map(({ value }) => String(value)));
        database.offset = offsetAfter(records.at(-1)?.offset ?? '0');
      });
      return {
        consumer: kafka.consume(fold, { health, marks }),
        isHalted: () => complainsOf(health, 'dialog restore'),
      };
    };
    await kafka.publish([{ key, value: 'one' }]);
    await kafka.publish([{ key, value: 'two' }]);
    const first = start();
    await kafka.until(() => Promise.resolve(seen.length === 2 || undefined));
    await kafka.untilCommitted(2);
    await kafka.leave(first.consumer);

    const restarted = start();
    await kafka.until(() =>
      Promise.resolve(restarted.consumer.clearOf(kafka.topic).length === 1 || undefined),
    );
    expect(await restarted.isHalted()).toBe(false);
    await kafka.leave(restarted.consumer);

    database.offset = '1';
    const { consumer, isHalted } = start();
    await kafka.until(async () => (await isHalted()) || undefined);
    await kafka.publish([{ key, value: 'three' }]);
    expect([consumer.clearOf(kafka.topic), seen]).toEqual([[], ['one', 'two']]);
    database.acceptedAt = 1_700_000_000_000;
    await kafka.until(() => Promise.resolve(seen.length === 3 || undefined));
    expect(seen).toEqual(['one', 'two', 'three']);
    await kafka.until(() => Promise.resolve(consumer.clearOf(kafka.topic).length === 1 || undefined));
    await kafka.stop();
  });
});
