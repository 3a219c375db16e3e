import type { LogRecord } from './log-record';

/** A part of a partition to read: from an offset to the one before `end`. */
export type Stretch = { readonly partition: number; readonly from: string; readonly end: string };

type Stand = { next: bigint; readonly end: bigint };

/**
 * How far a reading has come. Offsets need not be dense: a partition is done when its next offset reaches its end,
 * however many records there were.
 */
export class ReadingProgress {
  readonly #stands: ReadonlyMap<number, Stand>;
  readonly total: number;

  constructor(stretches: readonly Stretch[]) {
    this.#stands = new Map(
      stretches.map(({ partition, from, end }) => [partition, { next: BigInt(from), end: BigInt(end) }]),
    );
    this.total = this.#left();
  }

  #left(): number {
    return [...this.#stands.values()].reduce(
      (sum, { next, end }) => sum + (next < end ? Number(end - next) : 0),
      0,
    );
  }

  /** How many offsets are behind us, of `total`. */
  get read(): number {
    return this.total - this.#left();
  }

  get isDone(): boolean {
    return this.#left() === 0;
  }

  /** The next offset to read of a partition; undefined when nothing of it is wanted any more. */
  next(partition: number): string | undefined {
    const stand = this.#stands.get(partition);
    return stand && stand.next < stand.end ? String(stand.next) : undefined;
  }

  /** Those of the records that were not read before and are wanted. */
  wanted(records: readonly LogRecord[]): readonly LogRecord[] {
    return records.filter(({ partition, offset }) => {
      const stand = this.#stands.get(partition);
      return stand !== undefined && BigInt(offset) >= stand.next && BigInt(offset) < stand.end;
    });
  }

  /** Everything of the partition up to and with this offset is behind us; false when it was before. */
  advance(partition: number, last: string): boolean {
    const stand = this.#stands.get(partition);
    const after = BigInt(last) + 1n;
    if (!stand || after <= stand.next) return false;
    stand.next = after;
    return true;
  }
}
