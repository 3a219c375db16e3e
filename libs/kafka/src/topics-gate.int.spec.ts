import { until } from '@stopcovid/runtime';
import { kafkaServicePublisher } from './gated-publisher';
import { kafkaTransport } from './kafka-transport';
import type { LogRecord } from './log-record';
import { done } from './outcome';
import { PublishFailed } from './publisher';
import { isMarked, markedEnvironments, markTopics, unmarkTopics } from './topics-mark';
import { entrantAt, markedKafkaUnderTest, type MarkedKafkaUnderTest } from './topics-mark.testkit';

jest.setTimeout(60_000);

describe('two environments on one Kafka', () => {
  let kafka: MarkedKafkaUnderTest;
  beforeEach(async () => {
    kafka = await markedKafkaUnderTest(4);
  });
  afterEach(() => kafka.stop());

  const entrant = (environment: string) => {
    const { brokers } = kafka.connection;
    const own = entrantAt(brokers.join(','), { environment, prefix: kafka.prefix });
    return { ...own, health: own.runtime.health };
  };
  /** A service of an environment: a member of the one group that both would have. */
  const serviceOf = (environment: string) => {
    const own = entrant(environment);
    const seen: LogRecord[] = [];
    const { group } = kafka.options;
    const { strategy, publisher } = kafkaTransport({ ...own, group, options: { maxWaitMs: 50 } });
    strategy.addHandler(
      kafka.topic,
      async (records: readonly LogRecord[]) => {
        seen.push(...records);
        return records.map(() => done);
      },
      true,
    );
    strategy.listen(() => undefined);
    return { ...own, strategy, publisher, seen, close: () => strategy.close() };
  };
  type Service = ReturnType<typeof serviceOf>;
  const untilReady = ({ health }: Service) =>
    until(async () => ((await health.ready()).up ? true : undefined));
  const untilKeptOut = ({ lines }: Service) =>
    until(async () => (lines.filter((line) => 'alarm' in line).length >= 2 ? true : undefined));
  const someRecords = Array.from({ length: 40 }, (_, n) => ({ key: `+1202555${1_000 + n}`, value: 'x' }));

  it('the first marks the topics and keeps all partitions; the second waits and says why', async () => {
    const first = serviceOf('production');
    await untilReady(first);
    await expect(markedEnvironments(kafka.connection, kafka.prefix)).resolves.toEqual(['production']);
    await expect(isMarked(kafka.connection, 'production', kafka.prefix)).resolves.toBe(true);
    await expect(isMarked(kafka.connection, 'staging', kafka.prefix)).resolves.toBe(false);
    const second = serviceOf('staging');
    await untilKeptOut(second);
    const why = /topics of .+ belong to the environment production, and DIALOG_ENVIRONMENT says staging/;
    expect(second.lines).toContainEqual(
      expect.objectContaining({ alarm: 'other-environment', reason: expect.stringMatching(why) }),
    );
    const { up, checks } = await second.health.ready();
    expect(up).toBe(false);
    expect(checks[`kafka:${kafka.options.group}`]?.detail).toMatch(why);
    await expect(second.health.live()).resolves.toMatchObject({ up: true });
    await expect(second.publisher.publish(kafka.topic, someRecords)).rejects.toThrow(PublishFailed);

    await first.publisher.publish(kafka.topic, someRecords);
    await until(async () => (first.seen.length === someRecords.length ? true : undefined));
    expect(first.strategy.shareOf(kafka.topic).partitions).toHaveLength(4);
    expect(second.seen).toEqual([]);
    await Promise.all([first.close(), second.close()]);
  });

  it('the second publishes nothing where it only publishes, and is not ready', async () => {
    await markTopics(kafka.connection, 'production', { prefix: kafka.prefix });
    const own = entrant('staging');
    const { health } = own;
    const publisher = kafkaServicePublisher(own);
    await until(async () => ((await health.ready()).up ? undefined : true));
    await expect(publisher.publish(kafka.topic, someRecords)).rejects.toThrow(
      /belong to the environment production/,
    );
    await expect(kafka.records(kafka.topic)).resolves.toEqual([]);
    await unmarkTopics(kafka.connection, ['production'], kafka.prefix);
    await until(async () => ((await health.ready()).up ? true : undefined));
    await publisher.publish(kafka.topic, someRecords);
    await publisher.close();
  });

  it('belong to nobody whose mark is taken away as soon as that is done, nor where it was never there', async () => {
    for (let round = 0; round < 5; round += 1) {
      await markTopics(kafka.connection, 'production', { prefix: kafka.prefix });
      await unmarkTopics(kafka.connection, ['never', 'production'], kafka.prefix);
      await expect(markedEnvironments(kafka.connection, kafka.prefix)).resolves.toEqual([]);
    }
  });

  it('the second goes on by itself once the topics are handed over', async () => {
    await markTopics(kafka.connection, 'production', { prefix: kafka.prefix });
    const second = serviceOf('staging');
    await untilKeptOut(second);
    await markTopics(kafka.connection, 'staging', { prefix: kafka.prefix });
    await unmarkTopics(kafka.connection, ['production'], kafka.prefix);
    await untilReady(second);
    await second.close();
  });
});
