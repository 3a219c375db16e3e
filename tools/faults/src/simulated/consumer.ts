import { topics } from '@stopcovid/contracts';
import {
  BatchContext,
  type LogRecord,
  offsetAfter,
  type RecordsHandler,
  type SliceEnd,
  type SliceTools,
  workSlice,
} from '@stopcovid/kafka';
import type { Group, Membership } from './group';
import type { Node } from './scheduler';
import type { World } from './world';

const wholeSlice = 100;

class CommitFailed extends Error {}

/** How a consumer treats its records; the broken protocols change these. */
export type ConsumerRules = {
  readonly commitsFirst?: boolean;
  readonly takesRetryForDone?: boolean;
  readonly dropsDeadLetters?: boolean;
  readonly neverSeeksBack?: boolean;
};

/** A node's reader of one topic: the transport's own way of working a slice, with fetches and commits by schedule. */
export class Consumer {
  readonly #serving = new Map<number, Promise<void>>();

  constructor(
    readonly node: Node,
    private readonly group: Group,
    private readonly parts: {
      readonly world: World;
      readonly handle: RecordsHandler;
      readonly rules: ConsumerRules;
    },
  ) {}

  /** Begins to work for a membership, after what is still at work on the same partition. */
  serve(membership: Membership): void {
    const before = this.#serving.get(membership.partition) ?? Promise.resolve();
    this.#serving.set(
      membership.partition,
      before.then(() => this.#serve(membership)),
    );
  }

  async #serve(membership: Membership): Promise<void> {
    let position = this.#begin(membership.partition);
    while (membership.believed) {
      const records = await this.#fetch(membership, position);
      if (!membership.believed) return;
      position = await this.#work(membership, records, position);
    }
  }

  /** A reader of events may begin further on than it should: to notice the hole is its own affair. */
  #begin(partition: number): string {
    const { log, chance, faults, scheduler, skips } = this.parts.world;
    const { topic } = this.group;
    const start = this.group.start(partition);
    const last = Number(log.end(topic, partition)) - 1;
    const maySkip = skips && topic === topics.dialogEvents && last > Number(start);
    if (!maySkip || !faults.strikes('records skipped')) return start;
    const offset = Math.min(last, Number(start) + 1 + chance.below(3));
    scheduler.note(`${this.node.name} skips to ${topic}/${partition}/${offset}`);
    return String(offset);
  }

  #fetch(membership: Membership, offset: string): Promise<readonly LogRecord[]> {
    const { log, scheduler, chance, slow } = this.parts.world;
    const { topic } = this.group;
    const { partition } = membership;
    return scheduler.call({
      node: this.node,
      what: `fetches ${topic}/${partition} from ${offset}`,
      ready: () => !membership.believed || BigInt(log.end(topic, partition)) > BigInt(offset),
      /* Beside something slow whatever is there comes in one slice: who is held up then is held up by it. */
      effect: () => log.read({ topic, partition, offset }, slow.isOn ? wholeSlice : 1 + chance.below(6)),
    });
  }

  async #work(membership: Membership, records: readonly LogRecord[], position: string): Promise<string> {
    const asked: { seekTo?: string } = {};
    const { scheduler } = this.parts.world;
    try {
      if (this.parts.rules.commitsFirst) await this.#commit(membership, records.at(-1));
      const end = await workSlice(records, this.#tools(membership, asked));
      if (end.kind === 'waiting') await scheduler.pause(this.node, 100);
      return this.#next(end, { records, position, seekTo: asked.seekTo });
    } catch (error) {
      if (!(error instanceof CommitFailed)) throw error;
      if (membership.fenced) this.group.wake(this);
      return position;
    }
  }

  #next(
    end: SliceEnd,
    at: {
      readonly records: readonly LogRecord[];
      readonly position: string;
      readonly seekTo: string | undefined;
    },
  ): string {
    switch (end.kind) {
      case 'finished':
        return offsetAfter(at.records.at(-1)?.offset ?? at.position);
      case 'waiting':
        return end.at.offset;
      case 'stopped':
        return at.seekTo ?? at.position;
    }
  }

  async #commit(membership: Membership, last: LogRecord | undefined): Promise<void> {
    if (last === undefined) return;
    const taken = await this.parts.world.scheduler.call({
      node: this.node,
      what: `commits ${last.topic}/${last.partition} up to ${last.offset}`,
      effect: () => this.group.commit(membership, last.offset),
      failure: () => new CommitFailed(),
    });
    if (!taken) throw new CommitFailed();
  }

  #tools(membership: Membership, asked: { seekTo?: string }): SliceTools {
    const { world, handle, rules } = this.parts;
    const context = new BatchContext({
      topic: this.group.topic,
      partition: membership.partition,
      group: this.group.name,
      signal: membership.ended.signal,
      committedOffset: () => membership.committed,
      isCurrent: () => membership.believed,
      heartbeat: () => Promise.resolve(),
      seek: (offset) => {
        if (!rules.neverSeeksBack) asked.seekTo = offset;
      },
    });
    return {
      context,
      handle: async (records) => {
        const outcomes = await handle(records, context);
        return rules.takesRetryForDone ? outcomes.map(() => ({ kind: 'done' })) : outcomes;
      },
      writeDeadLetters: (letters) =>
        rules.dropsDeadLetters ? Promise.resolve() : world.writeDeadLetters(this.node, letters),
      commit: (last) => (rules.commitsFirst ? Promise.resolve() : this.#commit(membership, last)),
      hasSeeked: () => asked.seekTo !== undefined,
      pauseBeforeTry: () => Promise.resolve(),
      tries: 2,
      observe: () => undefined,
      alarm: (record, error) =>
        world.bugs.push(`${record.topic}/${record.partition}/${record.offset}: ${String(error)}`),
    };
  }
}
