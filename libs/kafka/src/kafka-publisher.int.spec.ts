import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { kafkaPublisher } from './kafka-publisher';
import { kafkaUnderTest } from './kafka.testkit';
import { PublishFailed } from './publisher';
import { checkTopics } from './topics';

jest.setTimeout(90_000);

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
