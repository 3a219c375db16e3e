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

/** A request stays far below what a topic takes at once (1 MiB unless set); one larger record goes out by itself. */
const mostBytes = 512 * 1024;

const bytesOf = ({ key, value, headers }: Message): number => {
  const others = Object.entries(headers ?? {}).map(([name, held]) => name.length + String(held).length);
  return (value?.length ?? 0) * (typeof value === 'string' ? 3 : 1) + (key?.length ?? 0) + sum(others) + 32;
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** The messages in their order, in portions of at most so many bytes. */
export const portions = (messages: readonly Message[], most = mostBytes): readonly Message[][] => {
  const made: Message[][] = [];
  let room = 0;
  for (const message of messages) {
    const bytes = bytesOf(message);
    const last = made.at(-1);
    if (last === undefined || bytes > room) {
      made.push([message]);
      room = most - bytes;
    } else {
      last.push(message);
      room -= bytes;
    }
  }
  return made;
};

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
      for (const portion of portions(together.flatMap(({ messages }) => messages)))
        await this.send(this.topic, portion);
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
