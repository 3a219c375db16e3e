import { type Logger, retry } from '@stopcovid/runtime';
import type { KeptAdmin } from './kept-admin';

/** Which partitions of a topic a consumer has, and what part of all of them that is (0 to 1). */
export type TopicShare = { readonly partitions: readonly number[]; readonly part: number };

/** How many partitions each of these topics has. Rejects when the brokers cannot tell of all of them. */
export type CountPartitions = (topics: readonly string[]) => Promise<ReadonlyMap<string, number>>;

const none: TopicShare = { partitions: [], part: 0 };

/** Asks the brokers. A broker that has just started may know of a topic and of none of its partitions. */
export const countPartitions =
  (admin: KeptAdmin): CountPartitions =>
  async (names) => {
    if (names.length === 0) return new Map();
    const { topics } = await admin.ask((open) => open.fetchTopicMetadata({ topics: [...names] }));
    const counts = new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
    if (names.some((name) => (counts.get(name) ?? 0) === 0))
      throw new Error('the brokers do not tell of every partition yet');
    return counts;
  };

/** Knows a consumer's part of each topic, from its last join on. */
export class TopicShares {
  #shares: ReadonlyMap<string, TopicShare> = new Map();
  /** The last assignment: what the brokers say to an earlier one comes too late. */
  #last: object | undefined;

  constructor(
    private readonly count: CountPartitions,
    private readonly logger?: Logger,
  ) {}

  of(topic: string): TopicShare {
    return this.#shares.get(topic) ?? none;
  }

  /** Takes note of an assignment, as soon as the brokers have said how many partitions there are. */
  async join(assigned: Readonly<Record<string, readonly number[]>>, until: AbortSignal): Promise<void> {
    this.#last = assigned;
    const topics = Object.keys(assigned);
    try {
      const counts = await retry(() => this.count(topics), { until });
      if (this.#last === assigned) this.#shares = sharesOf(assigned, counts);
    } catch (error) {
      this.logger?.debug({ err: error }, 'the number of partitions was not asked to the end');
    }
  }
}

const sharesOf = (
  assigned: Readonly<Record<string, readonly number[]>>,
  counts: ReadonlyMap<string, number>,
): ReadonlyMap<string, TopicShare> =>
  new Map(
    Object.entries(assigned).map(([topic, partitions]) => [
      topic,
      { partitions, part: Math.min(1, partitions.length / (counts.get(topic) ?? 1)) },
    ]),
  );
