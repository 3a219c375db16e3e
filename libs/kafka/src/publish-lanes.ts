import type { Message } from 'kafkajs';
import { placeOf } from './assignment';
import { PublishFailed } from './publisher';

type Waiting = {
  readonly messages: readonly Message[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};
/** Hands one request to Kafka. */
export type Send = (topic: string, messages: Message[]) => Promise<unknown>;

/**
 * One partition's way out: one request in flight, so that nothing overtakes. What arrives meanwhile goes out together
 * with the next request.
 */
class Lane {
  #waiting: Waiting[] = [];
  #busy = false;

  constructor(
    private readonly topic: string,
    private readonly send: Send,
  ) {}

  push(messages: readonly Message[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ messages, resolve, reject });
      if (!this.#busy) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const together = this.#waiting.splice(0);
      await this.#sendAll(together);
    }
    this.#busy = false;
  }

  async #sendAll(together: readonly Waiting[]): Promise<void> {
    try {
      await this.send(
        this.topic,
        together.flatMap(({ messages }) => messages),
      );
      for (const { resolve } of together) resolve();
    } catch (error) {
      for (const { reject } of together) reject(new PublishFailed(this.topic, error));
    }
  }
}

/** Groups by partition and keeps the order within each. */
const byPartition = (messages: readonly Message[]): ReadonlyMap<number, readonly Message[]> => {
  const groups = new Map<number, Message[]>();
  for (const message of messages) {
    const group = groups.get(message.partition ?? 0) ?? [];
    group.push(message);
    groups.set(message.partition ?? 0, group);
  }
  return groups;
};

/** Sends each message, which names its partition, down its partition's lane; rejects with PublishFailed if any fails. */
export const publishLanes = (
  send: Send,
): ((topic: string, messages: readonly Message[]) => Promise<void>) => {
  const lanes = new Map<string, Lane>();
  const laneOf = (topic: string, partition: number): Lane => {
    const name = placeOf(topic, partition);
    const lane = lanes.get(name) ?? new Lane(topic, send);
    lanes.set(name, lane);
    return lane;
  };
  return async (topic, messages) => {
    const sent = [...byPartition(messages)].map(([partition, group]) => laneOf(topic, partition).push(group));
    const failed = (await Promise.allSettled(sent)).find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  };
};
