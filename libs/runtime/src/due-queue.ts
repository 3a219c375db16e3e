import { Heap } from './heap';

/** Something that is due at `due` (milliseconds since 1970), as far as this process knows; a new entry is not gone. */
export type DueEntry = { readonly due: number; gone: boolean };

/** One read of the store: what was noted meanwhile may lie beyond what it came to. */
type Reading = { mostUpTo: number };

/**
 * What is due when, soonest first, as an owner knows it who asks the store rarely. All that is due before `horizon` is in
 * it, and never many more than `most`: of what is due later only the store knows.
 */
export class DueQueue<Entry extends DueEntry> {
  readonly #heap = new Heap<Entry>();
  #size = 0;
  #horizon = -Infinity;
  #reading: Reading | undefined;

  constructor(private readonly most: number) {}

  get horizon(): number {
    return this.#horizon;
  }

  /** When the soonest is due; Infinity when nothing is known. */
  get next(): number {
    return this.#soonest()?.due ?? Infinity;
  }

  /** False when it lies beyond the horizon, and is left to the store. */
  add(entry: Entry): boolean {
    if (entry.due >= this.#horizon && this.#reading === undefined) return false;
    this.#heap.push(entry);
    this.#size += 1;
    return true;
  }

  remove(entry: Entry): void {
    if (entry.gone) return;
    entry.gone = true;
    this.#size -= 1;
    if (this.#heap.size > 2 * this.#size + this.most) this.#compact();
  }

  /** Takes out the soonest that is due at `at`. */
  take(at: number): Entry | undefined {
    const entry = this.#soonest();
    if (entry === undefined || entry.due > at) return undefined;
    this.#heap.pop();
    this.remove(entry);
    return entry;
  }

  /** Nothing is known any more of what was not noted. */
  forgetHorizon(): void {
    this.#horizon = -Infinity;
    if (this.#reading) this.#reading.mostUpTo = -Infinity;
  }

  /** From here on whatever is noted is kept, until it is said how far the read came. */
  beginReading(): void {
    this.#reading = { mostUpTo: Infinity };
  }

  /** The store was asked, and all that it had due before `upTo` was added; undefined: it did not answer. */
  endReading(upTo: number | undefined): void {
    const mostUpTo = this.#reading?.mostUpTo ?? -Infinity;
    this.#reading = undefined;
    this.#horizon = Math.min(mostUpTo, upTo ?? this.#horizon);
  }

  /** Answers those that are given up for being too many: the horizon is before them. */
  trim(): readonly Entry[] {
    if (this.#size <= this.most) return [];
    const live = this.#live().sort((one, other) => one.due - other.due);
    const kept = Math.ceil(this.most / 2);
    const beyond = live.slice(kept);
    for (const entry of live.slice(0, kept)) this.#heap.push(entry);
    for (const entry of beyond) entry.gone = true;
    this.#size = kept;
    this.#comeNoFurtherThan(beyond[0]?.due ?? Infinity);
    return beyond;
  }

  #comeNoFurtherThan(due: number): void {
    this.#horizon = Math.min(this.#horizon, due);
    if (this.#reading) this.#reading.mostUpTo = Math.min(this.#reading.mostUpTo, due);
  }

  #compact(): void {
    for (const entry of this.#live()) this.#heap.push(entry);
  }

  #live(): Entry[] {
    return this.#heap.drain().filter(({ gone }) => !gone);
  }

  #soonest(): Entry | undefined {
    while (this.#heap.first?.gone === true) this.#heap.pop();
    return this.#heap.first;
  }
}
