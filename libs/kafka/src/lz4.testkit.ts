import { CompressionCodecs, CompressionTypes, Kafka, logLevel } from 'kafkajs';
import type { KafkaConnection } from './kafka-client';

/** The start of an LZ4 frame whose blocks are at most 64 KiB and stand alone, with the checksum of just that start. */
const frameStart = Buffer.from('04224d18604082', 'hex');
const frameEnd = Buffer.alloc(4);
const largestBlock = 65_536;
const storedAsItIs = 0x80000000;

/** An LZ4 frame that holds the bytes as they are: valid for every reader, and packed by nobody. */
const lz4Frame = (bytes: Buffer): Buffer => {
  const blocks: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += largestBlock) {
    const block = bytes.subarray(from, from + largestBlock);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(storedAsItIs + block.length);
    blocks.push(size, block);
  }
  return Buffer.concat([frameStart, ...blocks, frameEnd]);
};

/** Publishes one record in a batch of LZ4, as other people's tools do. What it lets this process write it takes back. */
export const publishInLz4 = async (
  { brokers }: KafkaConnection,
  topic: string,
  record: { readonly key: string; readonly value: string },
): Promise<void> => {
  const before = CompressionCodecs[CompressionTypes.LZ4];
  CompressionCodecs[CompressionTypes.LZ4] = () => ({
    compress: ({ buffer }: { readonly buffer: Buffer }) => Promise.resolve(lz4Frame(buffer)),
    decompress: () => Promise.reject(new Error('nobody here reads LZ4')),
  });
  const producer = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).producer();
  try {
    await producer.connect();
    await producer.send({
      topic,
      messages: [{ ...record, partition: 0 }],
      compression: CompressionTypes.LZ4,
    });
  } finally {
    await producer.disconnect();
    CompressionCodecs[CompressionTypes.LZ4] = before;
  }
};
