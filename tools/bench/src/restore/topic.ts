import { encodeBatch, topics } from '@stopcovid/contracts';
import { toBatch } from '@stopcovid/dialog-core';
import { partitionOf, topicOffsets, topicWriter, type CopiedRecord } from '@stopcovid/kafka';
import { courses, handle, type Course } from '../core/full-drill';
import { say, type Stage } from '../kit';
import type { Options } from './options';

const atOnce = 2_000;
const sayEvery = 500_000;
const firstNumber = 200_000_000;
const sampleDigits = '12025550140';

/** What the core decides on the commands of one trainee, in their wire form. Its commands carry the phone's digits. */
const batchesOf = ({ start, commands }: Course, count: number): readonly string[] => {
  let state = start;
  return Array.from({ length: count }, (_, index) => {
    const sample = commands[index % commands.length];
    if (sample === undefined) throw new Error('the course has no commands');
    const command = { ...sample, commandId: `${sample.commandId}-${index}` } as typeof sample;
    const { events, state: after } = handle(state, command, index);
    state = after;
    const at = new Date().toISOString() as typeof command.at;
    return encodeBatch(toBatch({ command, version: index + 1, at, events, state }));
  });
};

const digitsOf = (index: number): string => `12${String(firstNumber + index)}`;

/** Where each trainee's batches go. */
class Partitions {
  readonly #waiting: CopiedRecord[][];

  constructor(
    private readonly writer: ReturnType<typeof topicWriter>,
    private readonly count: number,
  ) {
    this.#waiting = Array.from({ length: count }, () => []);
  }

  async add(digits: string, wire: string): Promise<void> {
    const key = `+${digits}`;
    const partition = partitionOf(key, this.count);
    const own = this.#waiting[partition] ?? [];
    own.push({ key, value: Buffer.from(wire), headers: {}, timestamp: Date.now() });
    if (own.length >= atOnce) await this.#write(partition);
  }

  async flush(): Promise<void> {
    for (const partition of this.#waiting.keys()) await this.#write(partition);
  }

  async #write(partition: number): Promise<void> {
    const own = this.#waiting[partition] ?? [];
    this.#waiting[partition] = [];
    await this.writer.append(topics.dialogEvents, partition, own);
  }
}

/**
 * Fills the events' topic as a running engine would: everybody's first batch, then everybody's second, so that the
 * batches of one phone stand far apart.
 */
export const fillTopic = async ({ kafka }: Stage, { dialogs, batches }: Options): Promise<void> => {
  const [course] = courses;
  if (course === undefined) throw new Error('there is no course');
  const writer = topicWriter(kafka);
  const ends = await topicOffsets(kafka, topics.dialogEvents);
  if (ends.some(({ end }) => end !== '0')) throw new Error(`${topics.dialogEvents} must be empty`);
  const partitions = new Partitions(writer, ends.length);
  let written = 0;
  for (const sample of batchesOf(course, batches))
    for (let index = 0; index < dialogs; index += 1) {
      const digits = digitsOf(index);
      await partitions.add(digits, sample.replaceAll(sampleDigits, digits));
      written += 1;
      if (written % sayEvery === 0) say(`${written} of ${dialogs * batches} batches are on the topic`);
    }
  await partitions.flush();
  await writer.close();
  say(`${written} batches of ${dialogs} phones are on the topic`);
};
