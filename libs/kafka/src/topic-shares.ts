import { type Logger, retry } from '@stopcovid/runtime';
import type { Kafka } from 'kafkajs';

/** Which partitions of a topic a consumer has, and what part of all of them that is (0 to 1). */
export type TopicShare = { readonly partitions: readonly number[]; readonly part: number };

const none: TopicShare = { partitions: [], part: 0 };

/** Knows a consumer's part of each topic, from its last join on. */
export class TopicShares {
  #shares: ReadonlyMap<string, TopicShare> = new Map();

  constructor(
    private readonly kafka: Kafka,
    private readonly logger?: Logger,
  ) {}

  of(topic: string): TopicShare {
    return this.#shares.get(topic) ?? none;
  }

  /** Takes note of an assignment, as soon as the brokers have said how many partitions there are. */
  async join(assigned: Readonly<Record<string, readonly number[]>>, until: AbortSignal): Promise<void> {
    const topics = Object.keys(assigned);
    try {
      const counts = await retry(() => this.#countsOf(topics), { until });
      this.#shares = new Map(
        Object.entries(assigned).map(([topic, partitions]) => [
          topic,
          { partitions, part: partitions.length / Math.max(1, counts.get(topic) ?? 0) },
        ]),
      );
    } catch (error) {
      this.logger?.debug({ err: error }, 'the number of partitions was not asked to the end');
    }
  }

  async #countsOf(names: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (names.length === 0) return new Map();
    const admin = this.kafka.admin();
    try {
      await admin.connect();
      const { topics } = await admin.fetchTopicMetadata({ topics: [...names] });
      return new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
    } finally {
      await admin.disconnect();
    }
  }
}
