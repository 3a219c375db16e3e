import { createTopics, partitionOf, readTopic, setTopicConfig, type KafkaConnection } from '@stopcovid/kafka';
import { retry } from '@stopcovid/runtime';
import { Kafka, logLevel, type Admin, type Message, type Producer } from 'kafkajs';
import type { WireCommand } from './workload';

/** One event as it was published: whose, of which command, and when the broker took it, in milliseconds. */
export type PublishedEvent = { readonly commandId: string; readonly atMs: number };

/** Offsets by partition. */
export type Offsets = ReadonlyMap<number, bigint>;

const partitions = 12;
const perRequest = 1_000;
const patienceMs = 60_000;

/** The benchmark's own way to the broker. */
export class Bus {
  readonly #admin: Admin;
  readonly #producer: Producer;
  readonly #connection: KafkaConnection;

  constructor(brokers: readonly string[]) {
    this.#connection = { brokers, clientId: 'bench' };
    const kafka = new Kafka({ brokers: [...brokers], clientId: 'bench', logLevel: logLevel.ERROR });
    this.#admin = kafka.admin();
    this.#producer = kafka.producer({ allowAutoTopicCreation: false });
  }

  async connect(): Promise<void> {
    await Promise.all([this.#admin.connect(), this.#producer.connect()]);
  }

  async close(): Promise<void> {
    await Promise.all([this.#admin.disconnect(), this.#producer.disconnect()]);
  }

  /** Topics whose records bear the broker's time: nobody's own clock says how fast they are. */
  async makeTopics(topics: readonly string[]): Promise<void> {
    const plans = topics.map((topic) => ({ topic, partitions, retentionMs: -1 }));
    const made = await createTopics(this.#connection, plans);
    for (const topic of made)
      await setTopicConfig(this.#connection, topic, [
        { name: 'message.timestamp.type', value: 'LogAppendTime' },
      ]);
  }

  /** A new group begins behind what others were given. Topics that are new have no leader at once. */
  async beginAtEnd(groupId: string, topic: string): Promise<void> {
    const begin = async (): Promise<void> => {
      const ends = [...(await this.ends(topic))];
      const partitions = ends.map(([partition, end]) => ({ partition, offset: String(end) }));
      await this.#admin.setOffsets({ groupId, topic, partitions });
    };
    await retry(begin, { until: AbortSignal.timeout(patienceMs) });
  }

  async deleteTopics(topics: readonly string[]): Promise<void> {
    await this.#admin.deleteTopics({ topics: [...topics] });
  }

  /** Groups that nobody is a member of any more. */
  async deleteGroups(groups: readonly string[]): Promise<void> {
    await this.#admin.deleteGroups([...groups]);
  }

  async produce(topic: string, commands: readonly WireCommand[]): Promise<void> {
    for (let from = 0; from < commands.length; from += perRequest)
      await this.#producer.send({
        topic,
        acks: -1,
        messages: commands.slice(from, from + perRequest).map(({ phone, value }): Message => ({
          key: phone,
          value,
          partition: partitionOf(phone, partitions),
        })),
      });
  }

  /** Where the next record of each partition will be written. */
  async ends(topic: string): Promise<Offsets> {
    const offsets = await this.#admin.fetchTopicOffsets(topic);
    return new Map(offsets.map(({ partition, high }) => [partition, BigInt(high)]));
  }

  /** What was published since then. A broker under load may not find a group's coordinator at once. */
  async eventsSince(topic: string, since: Offsets): Promise<readonly PublishedEvent[]> {
    const until = AbortSignal.timeout(patienceMs);
    return retry(() => this.#read(topic, since), { until });
  }

  async #read(topic: string, since: Offsets): Promise<readonly PublishedEvent[]> {
    const events: PublishedEvent[] = [];
    await readTopic(
      this.#connection,
      { topic, from: (partition) => String(since.get(partition) ?? 0n) },
      (records) => {
        for (const { value, timestamp } of records)
          events.push({ commandId: commandIdIn(value?.toString() ?? ''), atMs: timestamp });
      },
    );
    return events;
  }
}

/** Read without parsing the rest: there may be millions. */
const commandIdIn = (event: string): string => /"commandId":"([^"]*)"/.exec(event)?.[1] ?? '';

/** How many records came between the two. */
export const countBetween = (before: Offsets, after: Offsets): number =>
  [...after].reduce((sum, [partition, end]) => sum + Number(end - (before.get(partition) ?? 0n)), 0);
