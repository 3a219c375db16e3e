import type { Message } from 'kafkajs';
import { placeOf } from './assignment';
import { PublishFailed } from './publisher';

type Waiting = {
  /** When it must be on its way, by `performance.now()`. */
  readonly dueAt: number;
  readonly messages: readonly Message[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};
/** The records of one topic in a request; each names its partition. */
export type Shipment = { readonly topic: string; readonly messages: Message[] };
/** Hands one request to Kafka. Rejects unless all of it is durable. */
export type Send = (shipments: readonly Shipment[]) => Promise<unknown>;

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
  readonly waiting: Waiting[] = [];
  busy = false;
  /**
   * Until a request of its own succeeds, and again after one failed, it travels alone: it holds up nobody, and nobody's
   * records are written twice because its partition has no leader yet.
   */
  isProven = false;

  constructor(readonly topic: string) {}
}

/** What one lane has to send now. */
type Load = {
  readonly lane: Lane;
  readonly together: readonly Waiting[];
  readonly parts: readonly Message[][];
};

const loadOf = (lane: Lane): Load => {
  const together = lane.waiting.splice(0);
  return { lane, together, parts: portions(together.flatMap(({ messages }) => messages)) };
};

const shipmentsOf = (loads: readonly Load[]): readonly Shipment[] => {
  const topics = new Map<string, Message[]>();
  for (const { lane, parts } of loads)
    topics.set(lane.topic, [...(topics.get(lane.topic) ?? []), ...parts.flat()]);
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
};

/** Where messages go, and when they must be on their way. */
type Place = { readonly topic: string; readonly partition: number; readonly dueAt: number };

const now = 0;

/** When the next request leaves: with the first that is due, and all that is ready by then travels along. */
class Departures {
  #nextAt = Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly depart: () => void) {}

  /** What came in at the same moment is looked at before even the most urgent leaves. */
  by(dueAt: number): void {
    if (dueAt >= this.#nextAt) return;
    clearTimeout(this.#timer);
    this.#nextAt = dueAt;
    const left = dueAt === now ? 0 : dueAt - performance.now();
    if (left > 0) this.#timer = setTimeout(() => this.#leave(), left);
    else setImmediate(() => this.#leave());
  }

  #leave(): void {
    this.#nextAt = Infinity;
    this.depart();
  }
}

/** The lanes of all partitions. Those that have something to send at the same moment share a request. */
class Lanes {
  readonly #lanes = new Map<string, Lane>();
  readonly #ready = new Set<Lane>();
  readonly #departures = new Departures(() => this.#depart());

  constructor(private readonly send: Send) {}

  push({ topic, partition, dueAt }: Place, messages: readonly Message[]): Promise<void> {
    const name = placeOf(topic, partition);
    const lane = this.#lanes.get(name) ?? new Lane(topic);
    this.#lanes.set(name, lane);
    return new Promise((resolve, reject) => {
      lane.waiting.push({ dueAt, messages, resolve, reject });
      this.#offer(lane, dueAt);
    });
  }

  #offer(lane: Lane, dueAt: number): void {
    if (lane.busy) return;
    this.#ready.add(lane);
    this.#departures.by(dueAt);
  }

  #depart(): void {
    const loads = [...this.#ready].map(loadOf);
    this.#ready.clear();
    for (const { lane } of loads) lane.busy = true;
    const mayShare = ({ lane, parts }: Load): boolean => lane.isProven && parts.length === 1;
    const shared = loads.filter(mayShare);
    if (shared.length > 0) void this.#sendShared(shared);
    for (const load of loads.filter((one) => !mayShare(one))) void this.#sendAlone(load);
  }

  /** Some of a request that failed may have become durable; sending all of it again is right. */
  async #sendShared(loads: readonly Load[]): Promise<void> {
    const [only, ...others] = loads;
    if (only !== undefined && others.length === 0) return this.#sendAlone(only);
    try {
      await this.send(shipmentsOf(loads));
      for (const load of loads) this.#arrived(load);
    } catch {
      for (const load of loads) void this.#sendAlone(load);
    }
  }

  async #sendAlone(load: Load): Promise<void> {
    const { lane, together, parts } = load;
    try {
      for (const messages of parts) await this.send([{ topic: lane.topic, messages }]);
      lane.isProven = true;
      this.#arrived(load);
    } catch (error) {
      lane.isProven = false;
      for (const { reject } of together) reject(new PublishFailed(lane.topic, error));
      this.#free(lane);
    }
  }

  #arrived({ lane, together }: Load): void {
    for (const { resolve } of together) resolve();
    this.#free(lane);
  }

  #free(lane: Lane): void {
    lane.busy = false;
    for (const { dueAt } of lane.waiting) this.#offer(lane, dueAt);
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

/**
 * Sends each message, which names its partition, down its partition's lane, at once or after so many milliseconds at
 * the latest; rejects with PublishFailed if any fails.
 */
export const publishLanes = (
  send: Send,
): ((topic: string, messages: readonly Message[], mayWaitMs?: number) => Promise<void>) => {
  const lanes = new Lanes(send);
  return async (topic, messages, mayWaitMs = 0) => {
    const dueAt = mayWaitMs > 0 ? performance.now() + mayWaitMs : now;
    const [only] = messages;
    if (only !== undefined && messages.length === 1)
      return lanes.push({ topic, partition: only.partition ?? 0, dueAt }, messages);
    const sent = [...byPartition(messages)].map(([partition, group]) =>
      lanes.push({ topic, partition, dueAt }, group),
    );
    const failed = (await Promise.allSettled(sent)).find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  };
};
