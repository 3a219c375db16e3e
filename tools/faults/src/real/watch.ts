import { setTimeout as pause } from 'node:timers/promises';
import { topics } from '@stopcovid/contracts';
import { groupOffsets, topicOffsets, type KafkaConnection } from '@stopcovid/kafka';
import { hasMovedOn, lagOf, Progress, type Sample } from './progress';

/** Which group reads which topics. */
const readers = [
  { group: 'dialog-engine', topic: topics.dialogCommands },
  { group: 'sms-sender', topic: topics.dialogEvents },
  { group: 'progress-tracker', topic: topics.dialogEvents },
] as const;

const everyMs = 300;

/** Where every group stands now. Rejects while the broker is away. */
export const takeSample = async (connection: KafkaConnection): Promise<Sample> => {
  const stands = await Promise.all(
    readers.map(async ({ group, topic }) => {
      const committed = await groupOffsets(connection, { group, topic });
      const ends = await topicOffsets(connection, topic);
      return ends.map(({ partition, end }) => ({
        place: `${group}/${partition}`,
        committed: BigInt(committed.get(partition) ?? '0'),
        end: BigInt(end),
      }));
    }),
  );
  return { at: Date.now(), stands: stands.flat() };
};

/** Looks at the groups several times a second, for as long as it is not stopped. */
export class Watch {
  readonly progress = new Progress();
  readonly #stopping = new AbortController();
  readonly #work: Promise<void>;
  #latest: Sample | undefined;

  constructor(private readonly connection: KafkaConnection) {
    this.#work = this.#look();
  }

  async #look(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const sample = await takeSample(this.connection).catch(() => undefined);
      if (sample !== undefined) {
        this.#latest = sample;
        this.progress.take(sample);
      }
      await pause(everyMs);
    }
  }

  /** The first sample that was begun after now. Rejects at the limit. */
  async next(limitMs: number): Promise<Sample> {
    const wanted = Date.now() + everyMs;
    const until = Date.now() + limitMs;
    while ((this.#latest?.at ?? 0) < wanted) {
      if (Date.now() > until) throw new Error(`Kafka did not say where the groups are for ${limitMs} ms`);
      await pause(20);
    }
    return this.#latest ?? { at: 0, stands: [] };
  }

  /** Resolves with the milliseconds until every partition has moved on from `before`. Rejects at the limit. */
  async movedOn(before: Sample, limitMs: number): Promise<number> {
    const since = Date.now();
    const until = since + limitMs;
    while (!this.#latest || this.#latest.at <= before.at || !hasMovedOn(before, this.#latest)) {
      if (Date.now() > until) throw new Error(`partitions stand still: ${this.#still(before)}`);
      await pause(20);
    }
    return Date.now() - since;
  }

  #still(before: Sample): string {
    const committed = new Map(before.stands.map((stand) => [stand.place, stand.committed]));
    const still = (this.#latest?.stands ?? []).filter(
      (stand) => stand.committed < stand.end && stand.committed === committed.get(stand.place),
    );
    return still.map(({ place, end, committed: at }) => `${place} at ${at} of ${end}`).join(', ');
  }

  /** Records still to be worked on, by all groups. */
  lag(): bigint | undefined {
    return this.#latest && lagOf(this.#latest);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#work;
  }
}
