import {
  readTopic,
  topicOffsets,
  type KafkaConnection,
  type LogRecord,
  type TopicWriter,
} from '@stopcovid/kafka';
import { UsageError } from '../exit';
import { linesIn, verifySegment } from './copied-lines';
import { segmentsOf, type Manifest } from './manifest';
import { recordIn, type CopyOfRecord } from './record-line';

export type ImportRequest = {
  readonly kafka: KafkaConnection;
  readonly writer: TopicWriter;
  readonly topic: string;
  readonly folder: string;
  readonly manifest: Manifest;
  /** Goes on behind what is there, once that is known to be the copy's beginning. */
  readonly appendMissing: boolean;
  readonly onProgress: (written: number, total: number) => void;
  readonly signal?: AbortSignal;
};

/** How many records were there already, and how many were written. */
export type Imported = { readonly there: number; readonly written: number };

type Place = { readonly topic: string; readonly partition: number };

/** Bytes and records that go to Kafka at once: well below what a topic takes. */
const most = { records: 500, bytes: 512 * 1024 } as const;
const partitionsAtOnce = 4;

const isSame = (record: LogRecord, copy: CopyOfRecord): boolean =>
  record.key === copy.key &&
  (record.value === null || copy.value === null
    ? record.value === copy.value
    : record.value.equals(copy.value));

/** Reads the lines of one partition one after the other, as far as they are asked for. */
class Copies {
  readonly #lines: AsyncGenerator<string>;

  constructor(folder: string, manifest: Manifest, { topic, partition }: Place) {
    this.#lines = linesIn(folder, segmentsOf(manifest, topic, partition));
  }

  async next(): Promise<CopyOfRecord | undefined> {
    const line = await this.#lines.next();
    return line.done ? undefined : recordIn(line.value);
  }

  async close(): Promise<void> {
    await this.#lines.return(undefined);
  }
}

const differs = ({ topic, partition }: Place, offset: string): UsageError =>
  new UsageError(
    `${topic}/${partition} has another record at ${offset} than the copy: it is no part of it. ` +
      'Delete the topic, create it and import again',
  );

/** Walks the copies past what stands on the partition. Throws UsageError where that is not their beginning. */
const passThose = async (
  copies: Copies,
  { topic, partition }: Place,
  { kafka, signal }: ImportRequest,
): Promise<number> => {
  let there = 0;
  await readTopic(kafka, { topic, partitions: [partition], ...(signal && { signal }) }, async (records) => {
    for (const record of records) {
      const copy = await copies.next();
      if (copy === undefined || !isSame(record, copy)) throw differs({ topic, partition }, record.offset);
      there += 1;
    }
  });
  return there;
};

const sizeOf = ({ key, value }: CopyOfRecord): number => (key?.length ?? 0) + (value?.length ?? 0) + 100;

/** The next records that go together; none at the end. */
const nextBatch = async (
  copies: Copies,
  left: CopyOfRecord | undefined,
): Promise<{ readonly batch: readonly CopyOfRecord[]; readonly left: CopyOfRecord | undefined }> => {
  const batch: CopyOfRecord[] = [];
  let bytes = 0;
  let next = left ?? (await copies.next());
  while (next !== undefined && batch.length < most.records) {
    bytes += sizeOf(next);
    if (batch.length > 0 && bytes > most.bytes) break;
    batch.push(next);
    next = batch.length < most.records ? await copies.next() : undefined;
  }
  return { batch, left: next };
};

const importPartition = async (
  place: Place,
  request: ImportRequest,
  onWritten: (records: number) => void,
): Promise<Imported> => {
  const copies = new Copies(request.folder, request.manifest, place);
  try {
    const there = await passThose(copies, place, request);
    onWritten(there);
    let written = 0;
    let left: CopyOfRecord | undefined;
    for (;;) {
      request.signal?.throwIfAborted();
      const next = await nextBatch(copies, left);
      if (next.batch.length === 0) return { there, written };
      await request.writer.append(place.topic, place.partition, next.batch);
      written += next.batch.length;
      left = next.left;
      onWritten(next.batch.length);
    }
  } finally {
    await copies.close();
  }
};

const countIn = (manifest: Manifest, topic: string, partition: number): number =>
  segmentsOf(manifest, topic, partition).reduce((sum, { records }) => sum + records, 0);

/** Throws UsageError where the topic cannot take the copy as it is. */
const refuseUnfit = async ({ kafka, topic, manifest, appendMissing }: ImportRequest): Promise<void> => {
  const ends = await topicOffsets(kafka, topic);
  const wanted = manifest.topics[topic];
  if (wanted !== ends.length)
    throw new UsageError(
      `${topic} has ${ends.length} partitions, its copy ${wanted ?? 'none'}: a phone would stand on another one. ` +
        `Delete the topic and make it anew: dialog topics create --partitions ${wanted ?? ends.length}`,
    );
  const filled = ends.filter(({ first, end }) => first !== end);
  if (filled.length > 0 && !appendMissing)
    throw new UsageError(
      `${topic} is not empty. If an import broke off, --append-missing goes on behind what is there, ` +
        'once that is known to be the beginning of the copy',
    );
};

/* What the brokers say in the end: nobody else may have written meanwhile. */
const verifyEnds = async ({ kafka, topic, manifest }: ImportRequest): Promise<void> => {
  for (const { partition, first, end } of await topicOffsets(kafka, topic)) {
    const stands = BigInt(end) - BigInt(first);
    const copied = countIn(manifest, topic, partition);
    if (stands !== BigInt(copied))
      throw new Error(
        `${topic}/${partition} has ${stands} records after the import, its copy ${copied}: did somebody else write?`,
      );
  }
};

/**
 * Writes the copy of a topic back, each record to the partition on which it stood, in order. All files are checked
 * before anything is written. Throws UsageError where the topic or the copy is not fit, Error where the count at the end
 * is not the copy's, and what Kafka answers.
 */
export const importTopic = async (request: ImportRequest): Promise<Imported> => {
  const { topic, folder, manifest, onProgress } = request;
  await refuseUnfit(request);
  for (const segment of manifest.segments.filter((each) => each.topic === topic))
    await verifySegment(folder, segment);
  const partitions = Array.from({ length: manifest.topics[topic] ?? 0 }, (_, partition) => partition);
  const total = partitions.reduce((sum, partition) => sum + countIn(manifest, topic, partition), 0);
  let done = 0;
  let there = 0;
  let written = 0;
  const onWritten = (records: number): void => onProgress((done += records), total);
  const waiting = [...partitions];
  const lane = async (): Promise<void> => {
    for (let partition = waiting.shift(); partition !== undefined; partition = waiting.shift()) {
      const own = await importPartition({ topic, partition }, request, onWritten);
      there += own.there;
      written += own.written;
    }
  };
  await Promise.all(Array.from({ length: partitionsAtOnce }, lane));
  await verifyEnds(request);
  return { there, written };
};
