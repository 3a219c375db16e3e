const seed = 0x9747b28c;
const factor = 0x5bd1e995;

const mixed = (word: number): number => {
  const product = Math.imul(word, factor);
  return Math.imul(product ^ (product >>> 24), factor);
};

/** The up to three bytes behind the last whole word. */
const tailOf = (bytes: Buffer, from: number): number =>
  bytes.subarray(from).reduceRight((word, byte) => (word << 8) | byte, 0);

/**
 * murmur2 as Kafka's Java clients use it, in 32-bit arithmetic: that of kafkajs takes ten times as long, as it counts
 * in BigInt.
 */
const murmur2 = (bytes: Buffer): number => {
  const whole = bytes.length & ~3;
  let hash = seed ^ bytes.length;
  for (let at = 0; at < whole; at += 4) hash = Math.imul(hash, factor) ^ mixed(bytes.readInt32LE(at));
  if (whole < bytes.length) hash = Math.imul(hash ^ tailOf(bytes, whole), factor);
  hash = Math.imul(hash ^ (hash >>> 13), factor);
  return hash ^ (hash >>> 15);
};

/** The partition of a key among so many: the one that Kafka's own clients choose. */
export const partitionOf = (key: string, partitions: number): number =>
  (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions;
