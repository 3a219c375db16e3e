import { Partitioners } from 'kafkajs';

const partition = Partitioners.DefaultPartitioner();

const anyPartitions = (
  count: number,
): { partitionId: number; leader: number; isr: number[]; replicas: number[]; partitionErrorCode: number }[] =>
  Array.from({ length: count }, (_, partitionId) => ({
    partitionId,
    leader: 0,
    isr: [],
    replicas: [],
    partitionErrorCode: 0,
  }));

const metadata = new Map<number, ReturnType<typeof anyPartitions>>();

/** The partition of a key among so many: the murmur2 hash that Kafka's Java clients use. */
export const partitionOf = (key: string, partitions: number): number => {
  const partitionMetadata = metadata.get(partitions) ?? anyPartitions(partitions);
  metadata.set(partitions, partitionMetadata);
  return partition({ topic: '', partitionMetadata, message: { key, value: null } });
};
