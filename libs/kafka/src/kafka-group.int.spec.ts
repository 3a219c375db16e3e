import { Metrics } from '@stopcovid/runtime';
import { doneAfter, readKafka, type ReadKafka } from './consumers.testkit';
import { memberThatVanishes } from './kafka.testkit';
import { retry } from './outcome';

jest.setTimeout(90_000);

const phones = Array.from({ length: 40 }, (_, n) => `+1202555${1_000 + n}`);
const hellos = phones.map((key) => ({ key, value: 'hello' }));

describe('two Kafka consumers of one group', () => {
  it('share the work, and neither loses nor disorders any when one leaves under load', async () => {
    const kafka = await readKafka(4);
    const seen = new Map<string, number[]>();
    const member = () => {
      let count = 0;
      const consumer = kafka.consume(
        doneAfter(async (records) => {
          await new Promise((resolve) => setTimeout(resolve, 10));
          for (const { key, value } of records)
            seen.set(key ?? '', [...(seen.get(key ?? '') ?? []), Number(value?.toString())]);
          count += records.length;
        }),
      );
      return { consumer, handled: () => count };
    };
    const publish = (from: number): Promise<void> =>
      kafka.publish(
        Array.from({ length: 2_000 }, (_, n) => ({
          key: phones[n % phones.length] ?? '',
          value: String(from + n),
        })),
      );
    const stays = member();
    await publish(0);
    await kafka.until(() => Promise.resolve(stays.handled() > 0 || undefined));
    const leaves = member();
    await publish(2_000);
    let more = 4_000;
    await kafka.until(async () => {
      await publish(more);
      more += 2_000;
      return leaves.handled() > 0 || undefined;
    });
    await kafka.leave(leaves.consumer);
    await kafka.untilCommitted(more);
    expect(seen.size).toBe(40);
    for (const [key, numbers] of seen) {
      const first = [...new Set(numbers)];
      expect({ key, count: first.length }).toEqual({ key, count: more / 40 });
      expect(first).toEqual([...first].sort((a, b) => a - b));
    }
    await kafka.stop();
  });
});

describe('a member of a group that is gone while it joins', () => {
  it('keeps the partitions that it was given for seconds, not for a session', async () => {
    const kafka = await readKafka(2);
    const stays = kafka.consume(
      doneAfter(() => undefined),
      { sessionTimeoutMs: 45_000 },
    );
    await kafka.until(() => Promise.resolve(stays.shareOf(kafka.topic).part === 1 || undefined));
    await memberThatVanishes(kafka);
    await kafka.until(() => Promise.resolve(stays.joins === 2 || undefined));
    const since = performance.now();
    await kafka.publish(hellos);
    await kafka.untilCommitted(hellos.length);
    expect({ joins: stays.joins, isInTime: performance.now() - since < 20_000 }).toEqual({
      joins: 3,
      isInTime: true,
    });
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
  const stuck = (kafka: ReadKafka) => {
    const metrics = new Metrics('spec');
    const consumer = kafka.consume((records) => Promise.resolve(records.map(() => retry('not yet'))), {
      metrics,
    });
    return { consumer, lags: () => lagsIn(metrics) };
  };

  it('grows while the partition waits, and is told by nobody who has it no longer', async () => {
    const kafka = await readKafka(2);
    const total = (lags: Readonly<Record<string, number>>) =>
      Object.values(lags).reduce((sum, lag) => sum + lag, 0);
    await kafka.publish(hellos);
    const first = stuck(kafka);
    await kafka.until(async () => total(await first.lags()) === 40 || undefined);
    await kafka.publish(hellos);
    await kafka.until(async () => total(await first.lags()) === 80 || undefined);
    const second = stuck(kafka);
    const both = await kafka.until(async () => {
      const lags = await Promise.all([first.lags(), second.lags()]);
      return lags.every((own) => Object.keys(own).length === 1) ? lags : undefined;
    });
    expect(total({ ...both[0], ...both[1] })).toBe(80);
    await kafka.leave(second.consumer);
    expect(await second.lags()).toEqual({});
    await kafka.stop();
  });
});
