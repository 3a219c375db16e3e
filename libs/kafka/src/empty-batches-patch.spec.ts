import { createRequire } from 'node:module';
import type * as Patch from './empty-batches-patch';

type Fetched = { readonly partition: number };
type Group = { fetch(nodeId: number): Promise<readonly Fetched[]> };

const topic = 't';
const partitions = [0, 1, 2];
const record = (isControlRecord: boolean): object => ({ offset: '0', isControlRecord });
/* Nothing came of the first; the mark of a transaction of the second, which readers never see; a record of the third. */
const messagesOf = [[], [record(true)], [record(false)]];

const brokerThat = {
  fetch: () =>
    Promise.resolve({
      responses: [
        {
          topicName: topic,
          partitions: partitions.map((partition) => ({
            partition,
            highWatermark: '1',
            abortedTransactions: [],
            messages: messagesOf[partition],
          })),
        },
      ],
    }),
};

/** A member of a group that fetches from a broker, in a process that has patched it so often. */
const memberThat = (patches: number): Group => {
  let group: Group | undefined;
  jest.isolateModules(() => {
    const { prototype } = createRequire(__filename)('kafkajs/src/consumer/consumerGroup') as {
      readonly prototype: Group;
    };
    const { patchEmptyBatches } = jest.requireActual<typeof Patch>('./empty-batches-patch');
    for (let n = 0; n < patches; n += 1) patchEmptyBatches();
    group = Object.assign(Object.create(prototype) as Group, {
      cluster: {
        refreshMetadataIfNecessary: () => Promise.resolve(),
        findBroker: () => Promise.resolve(brokerThat),
      },
      checkForStaleAssignment: () => undefined,
      subscriptionState: { assigned: () => [{ topic, partitions }], isPaused: () => false },
      filterPartitionsByNode: (_: number, assigned: object) => assigned,
      seekOffsets: () => Promise.resolve(),
      seekOffset: { has: () => false },
      offsetManager: { committedOffsets: () => ({ [topic]: ['0', '0', '0'] }), nextOffset: () => '0' },
      getActiveTopicPartitions: () => ({ [topic]: new Set(partitions) }),
      preferredReadReplicasPerTopicPartition: {},
    });
  });
  if (group === undefined) throw new Error('it was not loaded');
  return group;
};

const fetchedOf = async (patches: number): Promise<readonly number[]> =>
  (await memberThat(patches).fetch(1)).map(({ partition }) => partition);

describe('what a fetch hands to be worked on', () => {
  it('is every partition that was asked for, by kafkajs alone', async () => {
    expect(await fetchedOf(0)).toEqual([0, 1, 2]);
  });

  it('is what something came of, once it is patched', async () => {
    expect(await fetchedOf(2)).toEqual([1, 2]);
  });
});
