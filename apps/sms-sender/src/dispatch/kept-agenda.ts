import type { Phone } from '@stopcovid/contracts';
import { type HeldPartitions, HoldingWatch } from '@stopcovid/kafka';
import { dueAt, lanes, type Lane, type Outbox } from '../outbox/outbox';
import type { BehindPhones } from '../store/behind-phones';
import { saved, type Found, type OutboxStore } from '../store/outbox-store';
import { withoutBehind } from '../store/without-behind';
import { Agenda } from './agenda';

export type KeptAgendaParts = {
  readonly store: OutboxStore;
  readonly waiting: BehindPhones;
  /** What is known of them is from since the last time that they were given to this process. */
  readonly held: () => HeldPartitions;
  readonly now: () => number;
  /** How often the store is asked, whatever is known: others write outboxes too. In milliseconds. */
  readonly everyMs: number;
};

/** The store, as far as this process writes it beside its work on what is due. */
export type NotedStore = Pick<OutboxStore, 'load' | 'save'>;

const most = 1_000;
/** At most so many outboxes are asked for at once. */
const pageSize = 500;
/** Who is being worked on is noted by that work: this is for a clock that jumps. */
const busyMs = 250;
/** Who misses some is looked at again so much later. */
const catchUpMs = 2_000;
/**
 * What is due on the partitions at hand, without asking the store each time: read as they are assigned, kept by the
 * writes of this process, and read again once in a while.
 */
export class KeptAgenda {
  readonly #agenda = new Agenda(most);
  readonly #due: OutboxStore['due'];
  readonly #readAt = new Map<Lane, number>();
  /** New partitions: who of them misses some was not asked yet. */
  readonly #new = new Set<number>();
  readonly #watch = new HoldingWatch();
  /** The store, noted. */
  readonly store: NotedStore;

  constructor(private readonly parts: KeptAgendaParts) {
    const { store, waiting } = parts;
    this.#due = withoutBehind(store, waiting).due;
    this.store = this.noting(store);
  }

  /** The same store: whatever is read and written through it is noted. */
  noting(store: NotedStore): NotedStore {
    return {
      load: async (phones) => this.#noteFound(await store.load(phones)),
      save: (outboxes) => this.#save(store, outboxes),
    };
  }

  /** Follows the partitions, and asks the store for what has to be known by now. Rejects when it does not answer. */
  async bringUpToDate(): Promise<void> {
    this.#follow();
    for (const partition of this.#new) {
      await this.parts.waiting.of(partition);
      this.#new.delete(partition);
    }
    await this.#readUnsure();
    for (const lane of lanes) if (this.#mustRead(lane)) await this.#read(lane);
  }

  /** Takes out those of a lane who are due and free. Whatever comes of them is written through `store`. */
  take(lane: Lane, limit: number, isBusy: (phone: Phone) => boolean): readonly Outbox[] {
    this.#follow();
    const at = this.parts.now();
    const taken: Outbox[] = [];
    while (taken.length < limit) {
      const [outbox] = this.#agenda.take(lane, { at, limit: 1 });
      if (!outbox) break;
      if (this.#missesSome(outbox)) this.#agenda.putBack(outbox, at + catchUpMs);
      else if (isBusy(outbox.phone)) this.#agenda.putBack(outbox, at + busyMs);
      else taken.push(outbox);
    }
    return taken;
  }

  /** When the next of a lane is due, as far as is known; Infinity: nobody. */
  next(lane: Lane): number {
    return this.#agenda.next(lane);
  }

  /** Is it sure that nobody else waits for a turn to send, and that this phone may have one? */
  isFirst({ phone, partition }: Outbox): boolean {
    const at = this.parts.now();
    this.#follow();
    const nobodyWaits = (lane: Lane): boolean =>
      this.#agenda.horizon(lane) > at && this.#agenda.next(lane) > at;
    const knows = this.#new.size === 0 && this.#agenda.follows(partition) && !this.parts.waiting.has(phone);
    return knows && nobodyWaits('first') && nobodyWaits('later');
  }

  /** Of a partition that is new it is not known yet who does. */
  #missesSome({ phone, partition }: Outbox): boolean {
    return this.#new.has(partition) || this.parts.waiting.has(phone);
  }

  /** Another replica may have served the same partitions between two times that they were given to this one. */
  #follow(): void {
    const held = this.parts.held();
    if (this.#watch.look(held) === 'anew') this.#agenda.follow([]);
    for (const partition of this.#agenda.follow(held.partitions)) {
      this.#new.add(partition);
      this.#readAt.clear();
    }
  }

  #mustRead(lane: Lane): boolean {
    const at = this.parts.now();
    const isOld = at - (this.#readAt.get(lane) ?? -Infinity) >= this.parts.everyMs;
    return isOld || (this.#agenda.horizon(lane) <= at && this.#agenda.next(lane) > at);
  }

  async #read(lane: Lane): Promise<void> {
    const { held, now, everyMs } = this.parts;
    const startedAt = now();
    const until = startedAt + 1.5 * everyMs;
    await this.#agenda.read(lane, async () => {
      const query = { partitions: held().partitions, lane, at: until, limit: pageSize };
      const rows = [...(await this.#due(query)).outboxes.values()];
      const last = rows.at(-1);
      return { rows, upTo: rows.length < pageSize || !last ? until : (dueAt(last) ?? startedAt) };
    });
    this.#readAt.set(lane, startedAt);
  }

  async #readUnsure(): Promise<void> {
    const asked = this.#agenda.unsure;
    if (asked.size === 0) return;
    const { outboxes } = await this.parts.store.load([...asked.keys()]);
    this.#agenda.resolve(asked, outboxes);
  }

  #noteFound(found: Found): Found {
    for (const outbox of found.outboxes.values()) this.#agenda.note(outbox);
    return found;
  }

  /** Who was not surely written is in doubt, also when the answer is lost. */
  async #save({ save }: Pick<OutboxStore, 'save'>, outboxes: readonly Outbox[]): Promise<ReadonlySet<Phone>> {
    let lost: (phone: Phone) => boolean = () => true;
    try {
      const conflicts = await save(outboxes);
      lost = (phone) => conflicts.has(phone);
      return conflicts;
    } finally {
      for (const outbox of outboxes)
        if (lost(outbox.phone)) this.#agenda.doubt(outbox);
        else this.#agenda.note(saved(outbox));
    }
  }
}
