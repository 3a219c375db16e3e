import type { Phone } from '@stopcovid/contracts';
import { DueQueue, type DueEntry } from '@stopcovid/runtime';
import { dueAt, laneOf, lanes, type Lane, type Outbox } from '../outbox/outbox';

/** A phone that has something to do. */
type Known = DueEntry & { readonly outbox: Outbox; readonly lane: Lane };

/** Of a phone it is not known how it stands: a write that stood on `revision` was lost, or its answer. */
type Doubt = Pick<Outbox, 'phone' | 'partition' | 'revision'>;

/** What was written or read here while the store is being asked: the answer may be older. */
type Heard = Map<Phone, number>;

/**
 * Which phones of the partitions at hand are due when, with their outboxes as they were last written or read here. All
 * who are due before a lane's horizon are in it; what lies beyond is the store's to know. What it says may be out of date:
 * a claim is a compare-and-set, and its conflict puts the phone in doubt. Times are milliseconds since 1970.
 */
export class Agenda {
  readonly #known = new Map<Phone, Known>();
  readonly #unsure = new Map<Phone, Doubt>();
  readonly #heard = new Set<Heard>();
  readonly #lanes: Readonly<Record<Lane, DueQueue<Known>>>;
  #partitions: ReadonlySet<number> = new Set();

  /** `most` phones in each lane, or as many more as one read of the store brings. */
  constructor(most: number) {
    this.#lanes = {
      first: new DueQueue(most),
      later: new DueQueue(most),
      doubtful: new DueQueue(most),
    };
  }

  /** Forgets the phones of all other partitions. Answers those that are new: of them nothing is known. */
  follow(partitions: readonly number[]): readonly number[] {
    const added = partitions.filter((each) => !this.#partitions.has(each));
    const kept = new Set(partitions);
    const removed = [...this.#partitions].some((each) => !kept.has(each));
    this.#partitions = kept;
    if (removed) this.#forgetOthers();
    if (added.length > 0) for (const lane of lanes) this.#lanes[lane].forgetHorizon();
    return added;
  }

  follows(partition: number): boolean {
    return this.#partitions.has(partition);
  }

  /** Everybody in the lane who is due before that is known. */
  horizon(lane: Lane): number {
    return this.#lanes[lane].horizon;
  }

  /** When the next in the lane is due, as far as is known; Infinity: nobody. */
  next(lane: Lane): number {
    return this.#lanes[lane].next;
  }

  /** An outbox as it is stored, by a write or a read of this process. */
  note(outbox: Outbox): void {
    const { phone, revision } = outbox;
    const known = this.#known.get(phone)?.outbox.revision;
    if (known !== undefined && known >= revision) return;
    if ((this.#unsure.get(phone)?.revision ?? -1) >= revision) return;
    for (const heard of this.#heard) heard.set(phone, Math.max(revision, heard.get(phone) ?? 0));
    this.#unsure.delete(phone);
    this.#place(outbox, dueAt(outbox));
  }

  /** How a phone stands is not known until it is read, or written anew. */
  doubt(doubted: Doubt): void {
    if (!this.#partitions.has(doubted.partition)) return;
    this.#remove(doubted.phone);
    this.#unsure.set(doubted.phone, { ...doubted });
  }

  /** Whom to read: how they stand is not known. */
  get unsure(): ReadonlyMap<Phone, Doubt> {
    return new Map(this.#unsure);
  }

  /** What a read of those in doubt came to; who was not found has nothing to do, and who is doubted anew stays so. */
  resolve(asked: ReadonlyMap<Phone, Doubt>, found: ReadonlyMap<Phone, Outbox>): void {
    for (const [phone, doubt] of asked) {
      if (this.#unsure.get(phone) !== doubt) continue;
      this.#unsure.delete(phone);
      const outbox = found.get(phone);
      if (outbox) this.#place(outbox, dueAt(outbox));
    }
  }

  /** Takes out who is due at `at`, the longest waiting first. Whatever comes of them is noted again, or doubted. */
  take(lane: Lane, { at, limit }: { readonly at: number; readonly limit: number }): readonly Outbox[] {
    const taken: Outbox[] = [];
    while (taken.length < limit) {
      const entry = this.#lanes[lane].take(at);
      if (!entry) break;
      const { phone, revision } = entry.outbox;
      this.#known.delete(phone);
      for (const heard of this.#heard) heard.set(phone, revision + 1);
      taken.push(entry.outbox);
    }
    return taken;
  }

  /** Who was taken out and cannot be served now is looked at again then. */
  putBack(outbox: Outbox, until: number): void {
    if (!this.#known.has(outbox.phone) && !this.#unsure.has(outbox.phone)) this.#place(outbox, until);
  }

  /** Takes over what the store says of a lane. Between `ask` and its answer whatever is noted has the word. */
  async read(lane: Lane, ask: () => Promise<{ rows: Iterable<Outbox>; upTo: number }>): Promise<void> {
    const heard: Heard = new Map();
    this.#heard.add(heard);
    this.#lanes[lane].beginReading();
    let upTo: number | undefined;
    try {
      const answer = await ask();
      for (const row of answer.rows) this.#noteRow(row, heard.get(row.phone));
      upTo = answer.upTo;
    } finally {
      this.#heard.delete(heard);
      this.#lanes[lane].endReading(upTo);
    }
  }

  /** A store that was set back says less than is known: then it has the word, but not on what was written meanwhile. */
  #noteRow(row: Outbox, heard: number | undefined): void {
    if (heard !== undefined && row.revision < heard) return;
    if (this.#unsure.has(row.phone) || this.#known.get(row.phone)?.outbox.revision === row.revision) return;
    this.#place(row, dueAt(row));
  }

  #place(outbox: Outbox, due: number | null): void {
    this.#remove(outbox.phone);
    if (due === null || !this.#partitions.has(outbox.partition)) return;
    const lane = laneOf(outbox);
    const entry: Known = { outbox, due, lane, gone: false };
    if (!this.#lanes[lane].add(entry)) return;
    this.#known.set(outbox.phone, entry);
    for (const beyond of this.#lanes[lane].trim()) this.#known.delete(beyond.outbox.phone);
  }

  #remove(phone: Phone): void {
    const entry = this.#known.get(phone);
    if (!entry) return;
    this.#known.delete(phone);
    this.#lanes[entry.lane].remove(entry);
  }

  #forgetOthers(): void {
    for (const [phone, { outbox }] of this.#known)
      if (!this.#partitions.has(outbox.partition)) this.#remove(phone);
    for (const [phone, { partition }] of this.#unsure)
      if (!this.#partitions.has(partition)) this.#unsure.delete(phone);
  }
}
