import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { groupOffsets } from './group-offsets';
import { kafkaUnderTest } from './kafka.testkit';

it('a group has come as far as it has committed, on the partitions where it has committed', async () => {
  const { connection, topic, stop, until } = await kafkaUnderTest(3);
  const group = `offsets-${randomUUID()}`;
  await expect(groupOffsets(connection, { group, topic })).resolves.toEqual(new Map());
  const admin = new Kafka({ brokers: [...connection.brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  await until(() =>
    admin.setOffsets({ groupId: group, topic, partitions: [{ partition: 1, offset: '0' }] }).then(
      () => true,
      () => undefined,
    ),
  );
  await expect(groupOffsets(connection, { group, topic })).resolves.toEqual(new Map([[1, '0']]));
  await admin.disconnect();
  await stop();
});
