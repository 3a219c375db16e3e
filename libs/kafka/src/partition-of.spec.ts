import fc from 'fast-check';
import { Partitioners } from 'kafkajs';
import { partitionOf } from './partition-of';

describe('the partition of a key', () => {
  // The values that org.apache.kafka.common.utils.Utils.toPositive(murmur2(key)) % 12 gives.
  it.each([
    ['21', 12, (-973932308 & 0x7fffffff) % 12],
    ['foobar', 12, (-790332482 & 0x7fffffff) % 12],
    ['a-little-bit-long-string', 12, (-985981536 & 0x7fffffff) % 12],
    ['a-little-bit-longer-string', 12, (-1486304829 & 0x7fffffff) % 12],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', 12, (-58897971 & 0x7fffffff) % 12],
  ])("is that of Kafka's own clients for %s", (key, partitions, expected) => {
    expect(partitionOf(key, partitions)).toBe(expected);
  });

  it('is that of kafkajs for any key', () => {
    const theirs = Partitioners.DefaultPartitioner();
    const place = { leader: 0, isr: [], replicas: [], partitionErrorCode: 0 };
    const partitionMetadata = Array.from({ length: 12 }, (_, partitionId) => ({ ...place, partitionId }));
    const key = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(key, (each) => {
        const message = { key: each, value: null };
        expect(partitionOf(each, 12)).toBe(theirs({ topic: 't', partitionMetadata, message }));
      }),
    );
  });

  it('spreads phones over all partitions', () => {
    const used = new Set(
      Array.from({ length: 500 }, (_, index) => partitionOf(`+1202555${1_000 + index}`, 12)),
    );
    expect(used.size).toBe(12);
  });
});
