import { createHash, type Hash } from 'node:crypto';
import { join } from 'node:path';
import { offsetAfter, readTopic, topicOffsets, type KafkaConnection, type LogRecord } from '@stopcovid/kafka';
import { UsageError } from '../exit';
import { segmentsOf, writeManifest, type Manifest, type Segment } from './manifest';
import { lineOf } from './record-line';
import type { Sieve } from './without-erased';
import { wholeFile, type WholeFile } from './whole-file';

export type ExportRequest = {
  readonly kafka: KafkaConnection;
  readonly topic: string;
  readonly folder: string;
  readonly manifest: Manifest;
  /** All is copied without it. */
  readonly sieve?: Sieve;
  readonly onProgress: (read: number, total: number) => void;
  readonly signal?: AbortSignal;
};

/** What one run came to. `skipped`: records that the brokers had deleted before they were copied, as offsets. */
export type Exported = {
  readonly manifest: Manifest;
  readonly records: number;
  readonly skipped: readonly { readonly partition: number; readonly from: string; readonly to: string }[];
};

type Growing = {
  readonly file: WholeFile;
  readonly name: string;
  readonly hash: Hash;
  readonly first: string;
  last: string;
  records: number;
  bytes: number;
};

/* Digits of equal number: the names sort as the offsets do. */
const nameOf = ({ topic, partition, offset }: LogRecord): string =>
  `${topic}/${String(partition).padStart(4, '0')}-${offset.padStart(19, '0')}.jsonl`;

/** One new file for each partition that has something new. */
class NewSegments {
  readonly #growing = new Map<number, Growing>();

  constructor(
    private readonly folder: string,
    private readonly topic: string,
  ) {}

  async add(records: readonly LogRecord[]): Promise<void> {
    const [first] = records;
    if (first === undefined) return;
    const own = this.#growing.get(first.partition) ?? (await this.#begin(first));
    const bytes = Buffer.from(records.map(lineOf).join(''));
    await own.file.append(bytes);
    own.hash.update(bytes);
    own.bytes += bytes.length;
    own.records += records.length;
    own.last = records.at(-1)?.offset ?? own.last;
  }

  async #begin(record: LogRecord): Promise<Growing> {
    const name = nameOf(record);
    const { offset } = record;
    const file = await wholeFile(join(this.folder, name));
    const hash = createHash('sha256');
    const begun = { file, name, hash, first: offset, last: offset, records: 0, bytes: 0 };
    this.#growing.set(record.partition, begun);
    return begun;
  }

  async finish(): Promise<readonly Segment[]> {
    const finished: Segment[] = [];
    for (const [partition, { file, name, hash, ...rest }] of this.#growing) {
      await file.finish();
      finished.push({ topic: this.topic, partition, file: name, ...rest, sha256: hash.digest('hex') });
    }
    return finished.sort((a, b) => a.partition - b.partition);
  }

  async giveUp(): Promise<void> {
    for (const { file } of this.#growing.values()) await file.giveUp();
  }
}

const nextOf = (manifest: Manifest, topic: string, partition: number): string | undefined => {
  const last = segmentsOf(manifest, topic, partition).at(-1)?.last;
  return last === undefined ? undefined : offsetAfter(last);
};

type Ends = Awaited<ReturnType<typeof topicOffsets>>;

/* Another topic of the same name is no continuation of the copy. */
const refuseOther = (ends: Ends, { topic, manifest, folder }: ExportRequest): void => {
  const before = manifest.topics[topic];
  if (before !== undefined && before !== ends.length)
    throw new UsageError(
      `${topic} has ${ends.length} partitions, the copy in ${folder} is of ${before}: begin in another folder`,
    );
  for (const { partition, end } of ends) {
    const next = nextOf(manifest, topic, partition);
    if (next !== undefined && BigInt(end) < BigInt(next))
      throw new UsageError(
        `${topic}/${partition} ends at ${end}, the copy in ${folder} at ${next}: the topic was made anew; begin in another folder`,
      );
  }
};

const skippedIn = (ends: Ends, { topic, manifest }: ExportRequest): Exported['skipped'] =>
  ends.flatMap(({ partition, first }) => {
    const from = nextOf(manifest, topic, partition) ?? '0';
    return BigInt(from) < BigInt(first) ? [{ partition, from, to: first }] : [];
  });

/**
 * Copies what is new on a topic since the manifest was written, up to its end as it is now, and answers the manifest
 * that has it. A run that breaks off leaves the manifest as it was. Throws UsageError where the topic is not the one
 * that was copied before, and what `readTopic` throws.
 */
export const exportTopic = async (request: ExportRequest): Promise<Exported> => {
  const { kafka, topic, folder, manifest, sieve, onProgress, signal } = request;
  const ends = await topicOffsets(kafka, topic);
  refuseOther(ends, request);
  const segments = new NewSegments(folder, topic);
  try {
    const from = (partition: number): string | undefined => nextOf(manifest, topic, partition);
    await readTopic(kafka, { topic, from, onProgress, ...(signal && { signal }) }, (records) =>
      segments.add(sieve === undefined ? records : records.flatMap((record) => sieve(record) ?? [])),
    );
  } catch (error) {
    await segments.giveUp();
    throw error;
  }
  const added = await segments.finish();
  const grown: Manifest = {
    ...manifest,
    at: new Date().toISOString(),
    topics: { ...manifest.topics, [topic]: ends.length },
    segments: [...manifest.segments, ...added],
  };
  await writeManifest(folder, grown);
  const records = added.reduce((sum, each) => sum + each.records, 0);
  return { manifest: grown, records, skipped: skippedIn(ends, request) };
};
