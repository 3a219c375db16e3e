import { randomUUID } from 'node:crypto';
import { kafkaUnderTest } from './kafka.testkit';
import { checkTopics, createTopics } from './topics';

jest.setTimeout(90_000);

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
