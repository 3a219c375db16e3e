import { doneAfter, readKafka, type ReadKafka } from './consumers.testkit';
import type { LogRecord } from './log-record';
import { partitionOf } from './partition-of';

jest.setTimeout(90_000);

const valuesOf = (records: readonly LogRecord[]): readonly string[] =>
  records.map(({ value }) => String(value).trimEnd());

describe('a Kafka consumer that gathers', () => {
  const gathering = (kafka: ReadKafka, gatherMs: number) => {
    const slices: (readonly string[])[] = [];
    const consumer = kafka.consume(
      doneAfter((records) => slices.push(valuesOf(records))),
      { gatherMs },
    );
    return { consumer, slices };
  };
  const key = '+12025550143';

  it('is given in one slice what comes record by record within its time', async () => {
    const kafka = await readKafka(2);
    const { slices } = gathering(kafka, 2_000);
    await kafka.publish([{ key, value: 'before' }]);
    await kafka.untilCommitted(1);
    for (const value of ['one', 'two', 'three', 'four']) await kafka.publish([{ key, value }]);
    await kafka.untilCommitted(5);
    expect(slices).toEqual([['before'], ['one', 'two', 'three', 'four']]);
    await kafka.stop();
  });

  it('is given a backlog of one partition at once, however long it may wait for more', async () => {
    const kafka = await readKafka(2);
    const backlog = Array.from({ length: 100 }, (_, n) => ({ key, value: String(n).padEnd(1_000) }));
    await kafka.publish(backlog);
    const { consumer, slices } = gathering(kafka, 600_000);
    await kafka.untilCommitted(100);
    expect(slices).toEqual([
      Array.from({ length: 50 }, (_, n) => String(n)),
      Array.from({ length: 50 }, (_, n) => String(50 + n)),
    ]);
    const left = kafka.leave(consumer);
    await kafka.publish(backlog);
    await left;
    await kafka.stop();
  });
});

describe('the partitions of a fetch', () => {
  it('are worked on at once, so that what they ask for can travel together', async () => {
    const kafka = await readKafka(12);
    const phones = Array.from({ length: 200 }, (_, n) => `+1202555${1_000 + n}`);
    const oneOfEach = [
      ...new Map(phones.map((key) => [partitionOf(key, 12), { key, value: 'hello' }])).values(),
    ];
    expect(oneOfEach).toHaveLength(12);
    await kafka.publish(oneOfEach);
    const atWork = new Set<string | null>();
    kafka.consume(
      doneAfter((records) => {
        for (const { key } of records) atWork.add(key);
        return kafka.until(() => Promise.resolve(atWork.size === 12 || undefined));
      }),
    );
    await kafka.untilCommitted(12);
    await kafka.stop();
  });
});

describe('a partition with much to do', () => {
  it('lets the others of its consumer go on after its turn', async () => {
    const kafka = await readKafka(2);
    const phones = Array.from({ length: 100 }, (_, n) => `+1202555${1_000 + n}`);
    const ofPartition = (partition: number): string =>
      phones.find((phone) => partitionOf(phone, 2) === partition) ?? '';
    const numbers = Array.from({ length: 2_000 }, (_, n) => String(n));
    await kafka.publish(numbers.map((value) => ({ key: ofPartition(0), value })));
    const seen: string[] = [];
    kafka.consume(
      doneAfter(async (records) => {
        if (seen.length === 0) await kafka.publish([{ key: ofPartition(1), value: 'other' }]);
        seen.push(...valuesOf(records));
        await new Promise((resolve) => setTimeout(resolve, 40));
      }),
      { turnMs: 100 },
    );
    await kafka.untilCommitted(2_001);
    expect(seen.indexOf('other')).toBeLessThan(1_000);
    expect(seen.filter((value) => value !== 'other')).toEqual(numbers);
    await kafka.stop();
  });
});
