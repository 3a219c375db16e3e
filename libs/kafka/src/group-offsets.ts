import { kafkaClient, type KafkaConnection } from './kafka-client';

/**
 * The next offset that a group reads of each partition; partitions of which it has committed none are left out. It
 * joins nothing and moves nothing. Throws what the brokers answer.
 */
export const groupOffsets = async (
  connection: KafkaConnection,
  { group, topic }: { readonly group: string; readonly topic: string },
): Promise<ReadonlyMap<number, string>> => {
  const admin = kafkaClient(connection).admin({ retry: { retries: 3 } });
  await admin.connect();
  try {
    const [answer] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
    const committed = (answer?.partitions ?? []).filter(({ offset }) => BigInt(offset) >= 0n);
    return new Map(committed.map(({ partition, offset }) => [partition, offset]));
  } finally {
    await admin.disconnect();
  }
};

/**
 * Sets the next offset that a group reads of each of these partitions. The group must be empty: its members would
 * overrule it. Throws what the brokers answer.
 */
export const setGroupOffsets = async (
  connection: KafkaConnection,
  { group, topic }: { readonly group: string; readonly topic: string },
  offsets: ReadonlyMap<number, string>,
): Promise<void> => {
  const admin = kafkaClient(connection).admin({ retry: { retries: 3 } });
  await admin.connect();
  try {
    const partitions = [...offsets].map(([partition, offset]) => ({ partition, offset }));
    await admin.setOffsets({ groupId: group, topic, partitions });
  } finally {
    await admin.disconnect();
  }
};
