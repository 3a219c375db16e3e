import { topics } from '@stopcovid/contracts';
import { groupOffsets, partitionOf, readTopic, topicOffsets, type KafkaConnection } from '@stopcovid/kafka';
import type { EventSource, Offsets, Range } from './event-source';

/** How a topic is reached, the topic of events by default, and which group is the service's. */
export type KafkaEvents = {
  readonly connection: KafkaConnection;
  readonly group: string;
  readonly topic?: string;
  readonly signal?: AbortSignal;
};

/** The partitions of a range that hold anything. */
const partitionsIn = ({ from, until }: Range): readonly number[] =>
  [...until].flatMap(([partition, end]) =>
    BigInt(end) > BigInt(from.get(partition) ?? '0') ? [partition] : [],
  );

/** A topic in Kafka. Throws what the reader of topics throws, and TopicUnknown when it is not there. */
export const kafkaEventSource = async (events: KafkaEvents): Promise<EventSource> => {
  const { connection, group, signal, topic = topics.dialogEvents } = events;
  const ends = async (): Promise<Offsets> =>
    new Map((await topicOffsets(connection, topic)).map(({ partition, end }) => [partition, end]));
  const count = (await ends()).size;
  return {
    partitionOf: (phone) => partitionOf(phone, count),
    ends,
    handled: async () => {
      const committed = await groupOffsets(connection, { group, topic });
      return committed.size === 0 ? undefined : committed;
    },
    read: async (range, visit) => {
      const partitions = partitionsIn(range);
      if (partitions.length === 0) return;
      const { from, until, onProgress } = range;
      const request = {
        topic,
        partitions,
        from: (partition: number) => from.get(partition),
        ...(onProgress ? { onProgress } : {}),
        ...(signal ? { signal } : {}),
      };
      await readTopic(connection, request, (records) =>
        visit(
          records.filter(({ partition, offset }) => BigInt(offset) < BigInt(until.get(partition) ?? '0')),
        ),
      );
    },
  };
};
