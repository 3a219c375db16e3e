import type { Phone } from '@stopcovid/contracts';
import { type HeldPartitions, HoldingWatch } from '@stopcovid/kafka';
import { DueQueue, type DueEntry } from '@stopcovid/runtime';
import { atOnce } from './phone-schedule';
import type { PhoneSchedules, ScheduleWrite, SoonDue } from './phone-schedules';

/** A phone that is to be looked at. */
type Look = DueEntry & { readonly phone: Phone };

/** What the store said of the time ahead: all that was due before `upTo` is among `rows`. */
export type Ahead = { readonly rows: readonly SoonDue[]; readonly upTo: number };

/** How often the store is asked, whatever is known: others write schedules too. */
const askEveryMs = 30_000;
/** How far ahead it is asked: further than it is until it is asked again. */
const aheadMs = 1.5 * askEveryMs;
const most = 10_000;

/**
 * When which phone of the partitions at hand is to be looked at: as the store had it when it was asked last, and as this
 * process wrote it since. It may send the clock to a phone too early, never too late for a write of this process: the look
 * reads the phone anew, and only a look takes a phone out. What others write is found when the store is asked again. Times
 * are the database's, milliseconds since 1970.
 */
export class ScheduleAgenda {
  readonly #looks = new Map<Phone, Look>();
  #queue = new DueQueue<Look>(most);
  readonly #watch = new HoldingWatch();
  #askedAt = -Infinity;
  /** How often the store had to be asked anew, and up to which of these it was. */
  #asks = 0;
  #answered = 0;

  /** Of other partitions than before nothing is known, nor of those that another may have had in between. */
  follow(held: HeldPartitions): void {
    if (this.#watch.look(held) === 'same') return;
    this.#looks.clear();
    this.#queue = new DueQueue(most);
    this.askAgain();
  }

  /** Something has changed of which it is not known whom it concerns. */
  askAgain(): void {
    this.#asks += 1;
  }

  /** Is more due than is known here, for all we know? */
  mustAsk(now: number): boolean {
    const isOld = Math.abs(now - this.#askedAt) >= askEveryMs;
    return this.#answered < this.#asks || isOld || this.#queue.horizon <= now;
  }

  /** The same store: what is written through it is noted. */
  noting(store: PhoneSchedules): PhoneSchedules {
    return { ...store, save: (writes) => this.#save(store, writes) };
  }

  /** Takes out who is to be looked at now, the longest waiting first. What is not looked at then must be asked for again. */
  take(now: number, limit: number): readonly Phone[] {
    const taken: Phone[] = [];
    while (taken.length < limit) {
      const look = this.#queue.take(now);
      if (look === undefined) break;
      this.#looks.delete(look.phone);
      taken.push(look.phone);
    }
    return taken;
  }

  /** These are looked at already. */
  drop(phones: Iterable<Phone>): void {
    for (const phone of phones) this.#remove(phone);
  }

  /** A look at this phone is due then; never, when it is null. An earlier one stays. */
  note(phone: Phone, due: number | null): void {
    if (due === null || (this.#looks.get(phone)?.due ?? Infinity) <= due) return;
    this.#remove(phone);
    const look: Look = { phone, due, gone: false };
    if (!this.#queue.add(look)) return;
    this.#looks.set(phone, look);
    for (const beyond of this.#queue.trim()) this.#looks.delete(beyond.phone);
  }

  /** Takes over what the store says of the time from `now` on; undefined: it has not come so far. */
  async read(now: number, ask: (until: number) => Promise<Ahead | undefined>): Promise<void> {
    const asks = this.#asks;
    const queue = this.#queue;
    queue.beginReading();
    let upTo: number | undefined;
    try {
      const ahead = await ask(now + aheadMs);
      if (ahead === undefined) return;
      for (const { phone, nextAt } of ahead.rows) this.note(phone, nextAt);
      upTo = ahead.upTo;
      this.#askedAt = now;
      this.#answered = asks;
    } finally {
      queue.endReading(upTo);
    }
  }

  /** How a phone stands that was not surely written is not known: it is looked at at once. */
  async #save({ save }: PhoneSchedules, writes: readonly ScheduleWrite[]): Promise<ReadonlySet<Phone>> {
    let isWritten: (phone: Phone) => boolean = () => false;
    try {
      const lost = await save(writes);
      isWritten = (phone) => !lost.has(phone);
      return lost;
    } finally {
      for (const { next } of writes) this.note(next.phone, isWritten(next.phone) ? next.nextAt : atOnce);
    }
  }

  #remove(phone: Phone): void {
    const look = this.#looks.get(phone);
    if (look === undefined) return;
    this.#looks.delete(phone);
    this.#queue.remove(look);
  }
}
