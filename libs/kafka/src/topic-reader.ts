import { pause } from '@stopcovid/runtime';
import { type Admin, KafkaJSProtocolError } from 'kafkajs';
import { kafkaClient, type KafkaConnection } from './kafka-client';
import type { LogRecord } from './log-record';
import { ReadingProgress, type Stretch } from './reading-progress';
import { type ReadingTask, TopicReading } from './topic-reading';
import { toKafkaError, TopicUnknown, withAdmin } from './with-admin';

/** Where a partition begins and where the next record will be written; decimal digits. */
export type PartitionEnds = { readonly partition: number; readonly first: string; readonly end: string };

export type ReadRequest = {
  readonly topic: string;
  /** All partitions when left out. */
  readonly partitions?: readonly number[];
  /** The offset to begin at, of each partition; its beginning when undefined. */
  readonly from?: (partition: number) => string | undefined;
  /** Told after each batch: offsets read, of all. */
  readonly onProgress?: (read: number, total: number) => void;
  /** Ends the reading: it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
};

/** Thrown for a partition that the topic does not have. */
export class PartitionUnknown extends Error {
  override readonly name = 'PartitionUnknown';

  constructor(topic: string, partition: number, count: number) {
    super(`${topic} has no partition ${partition}: they are 0 to ${count - 1}`);
  }
}

/** A broker that has just been given a topic, or lost one, refuses to speak of it for a moment. */
const settleMs = 10_000;

const onceSettled = async <T>(admin: Admin, topic: string, ask: () => Promise<T>): Promise<T> => {
  const giveUpAt = Date.now() + settleMs;
  for (;;) {
    if (!(await admin.listTopics()).includes(topic)) throw new TopicUnknown(topic);
    try {
      return await ask();
    } catch (error) {
      const passes = error instanceof KafkaJSProtocolError && error.retriable;
      if (!passes || Date.now() > giveUpAt) throw error;
      await pause(50);
    }
  }
};

const endsOf = async (admin: Admin, topic: string): Promise<readonly PartitionEnds[]> => {
  const offsets = await onceSettled(admin, topic, () => admin.fetchTopicOffsets(topic));
  return offsets
    .map(({ partition, low, high }) => ({ partition, first: low, end: high }))
    .sort((a, b) => a.partition - b.partition);
};

/** Where each partition of a topic begins and ends, in order of partition. Throws TopicUnknown, KafkaUnavailable. */
export const topicOffsets = (connection: KafkaConnection, topic: string): Promise<readonly PartitionEnds[]> =>
  withAdmin(connection, (admin) => endsOf(admin, topic));

/**
 * For each partition the offset of its first record written at that time or later (milliseconds since 1970), or its end.
 * Throws TopicUnknown, KafkaUnavailable.
 */
export const topicOffsetsSince = (
  connection: KafkaConnection,
  topic: string,
  sinceMs: number,
): Promise<ReadonlyMap<number, string>> =>
  withAdmin(connection, async (admin) => {
    const ask = () => admin.fetchTopicOffsetsByTimestamp(topic, sinceMs);
    const found = await onceSettled(admin, topic, ask);
    return new Map(found.map(({ partition, offset }) => [partition, offset]));
  });

const later = (a: string, b: string): string => (BigInt(a) > BigInt(b) ? a : b);

const stretchesOf = (
  ends: readonly PartitionEnds[],
  { topic, partitions, from }: ReadRequest,
): readonly Stretch[] => {
  const unknown = partitions?.find((wanted) => !ends.some(({ partition }) => partition === wanted));
  if (unknown !== undefined) throw new PartitionUnknown(topic, unknown, ends.length);
  return ends
    .filter(({ partition }) => partitions === undefined || partitions.includes(partition))
    .map(({ partition, first, end }) => ({ partition, from: later(from?.(partition) ?? first, first), end }));
};

type Visit = (records: readonly LogRecord[]) => void | Promise<void>;

/** A group that is not there any more, or not yet known as empty, forgets itself. */
const forget = (connection: KafkaConnection, group: string): Promise<void> =>
  withAdmin(connection, async (admin) => {
    await admin.deleteGroups([group]);
  }).catch(() => undefined);

const readWith = async (connection: KafkaConnection, task: ReadingTask): Promise<void> => {
  if (task.progress.isDone) return;
  const reading = new TopicReading(kafkaClient(connection), task);
  try {
    await reading.run();
  } catch (error) {
    throw toKafkaError(connection, error);
  } finally {
    await forget(connection, reading.group);
  }
};

/**
 * Reads a topic to its end as it was when the reading began; `visit` gets batches of records, one at a time, in order
 * per partition. No group of a service is touched. Throws TopicUnknown, PartitionUnknown, KafkaUnavailable,
 * ReadingStalled, and what `visit` throws.
 */
export const readTopic = async (
  connection: KafkaConnection,
  request: ReadRequest,
  visit: Visit,
): Promise<void> => {
  request.signal?.throwIfAborted();
  const ends = await topicOffsets(connection, request.topic);
  request.signal?.throwIfAborted();
  const progress = new ReadingProgress(stretchesOf(ends, request));
  request.onProgress?.(0, progress.total);
  await readWith(connection, { ...request, progress, visit });
};

/** Where one record stands. */
export type RecordPlace = { readonly topic: string; readonly partition: number; readonly offset: string };

/**
 * The record at a place; undefined when it was deleted, not written yet, or never there. Throws TopicUnknown,
 * PartitionUnknown, KafkaUnavailable, ReadingStalled.
 */
export const readRecord = async (
  connection: KafkaConnection,
  { topic, partition, offset }: RecordPlace,
): Promise<LogRecord | undefined> => {
  const ends = await topicOffsets(connection, topic);
  const own = ends.find((end) => end.partition === partition);
  if (!own) throw new PartitionUnknown(topic, partition, ends.length);
  const wanted = BigInt(offset);
  if (wanted < BigInt(own.first) || wanted >= BigInt(own.end)) return undefined;
  const progress = new ReadingProgress([{ partition, from: offset, end: String(wanted + 1n) }]);
  let found: LogRecord | undefined;
  await readWith(connection, { topic, progress, visit: ([first]) => void (found = first) });
  return found;
};
