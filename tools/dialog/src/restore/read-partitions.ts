import { readTopic, topicOffsets, type KafkaConnection, type LogRecord } from '@stopcovid/kafka';

/** Takes the records of one partition, in their order. */
export type PartitionVisitor<T> = {
  take(records: readonly LogRecord[]): void | Promise<void>;
  /** What it came to, once all were taken. */
  end(): T | Promise<T>;
};

export type PartitionsRequest = {
  readonly topic: string;
  /** How many partitions are read at a time. */
  readonly atOnce: number;
  readonly onProgress: (read: number, total: number) => void;
  readonly signal?: AbortSignal;
};

const countIn = ({ first, end }: { readonly first: string; readonly end: string }): number =>
  Number(BigInt(end) - BigInt(first));

/** Counts what all readings have read together. */
const addingUp = (
  total: number,
  onProgress: PartitionsRequest['onProgress'],
): (() => (read: number) => void) => {
  let done = 0;
  onProgress(0, total);
  return () => {
    let before = 0;
    return (read) => {
      done += read - before;
      before = read;
      onProgress(done, total);
    };
  };
};

/** Runs a work for each, some at a time. The first that fails stops the others, and is what is thrown. */
const forEach = async <T>(
  items: readonly T[],
  { atOnce, signal }: Pick<PartitionsRequest, 'atOnce' | 'signal'>,
  work: (item: T, stop: AbortSignal) => Promise<void>,
): Promise<void> => {
  const waiting = [...items];
  const stopping = new AbortController();
  const stop = (): void => stopping.abort(signal?.reason);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', stop, { once: true });
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      stopping.signal.throwIfAborted();
      await work(next, stopping.signal).catch((error: unknown) => stopping.abort(error));
    }
  };
  await Promise.allSettled(Array.from({ length: atOnce }, lane));
  signal?.removeEventListener('abort', stop);
  stopping.signal.throwIfAborted();
};

/**
 * Reads all of a topic, some partitions side by side, each with a visitor of its own: while one waits for the database
 * another reads. Answers what each came to, in the order of their ends. Throws what `readTopic` and visitors throw; the
 * others are stopped then.
 */
export const readPartitions = async <T>(
  kafka: KafkaConnection,
  { topic, onProgress, ...lanes }: PartitionsRequest,
  visitorOf: () => PartitionVisitor<T>,
): Promise<readonly T[]> => {
  const ends = await topicOffsets(kafka, topic);
  const total = ends.reduce((sum, each) => sum + countIn(each), 0);
  const counting = addingUp(total, onProgress);
  const results: T[] = [];
  await forEach(ends, lanes, async ({ partition }, signal) => {
    const visitor = visitorOf();
    const request = { topic, partitions: [partition], onProgress: counting(), signal };
    await readTopic(kafka, request, (records) => visitor.take(records));
    results.push(await visitor.end());
  });
  return results;
};
