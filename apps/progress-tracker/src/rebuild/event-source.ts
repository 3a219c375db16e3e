import type { Phone } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';

/** The next offset of each partition; one that is not named has not been begun. */
export type Offsets = ReadonlyMap<number, string>;

/** What is read: from the beginning where `from` does not name a partition; only partitions that `until` names. */
export type Range = {
  readonly from: Offsets;
  /** Records at these offsets and behind are left out. */
  readonly until: Offsets;
  readonly onProgress?: (read: number, total: number) => void;
};

/** A topic, as a rebuild reads it. Nothing of it moves a service's offsets. */
export interface EventSource {
  /** The partition that a phone's batches are written to now. */
  partitionOf(phone: Phone): number;
  /** How far the service has come; undefined when it has committed nothing anywhere. */
  handled(): Promise<Offsets | undefined>;
  /** Where each partition ends now. */
  ends(): Promise<Offsets>;
  /** Gives the records of a range to `visit`, in order per partition. */
  read(range: Range, visit: (records: readonly LogRecord[]) => Promise<void>): Promise<void>;
}

/** Only so much of the offsets as concerns these partitions. */
export const only = (offsets: Offsets, partitions: ReadonlySet<number>): Offsets =>
  new Map([...offsets].filter(([partition]) => partitions.has(partition)));

/** How many records lie between; markers and deleted records count too, so it is an upper bound. */
export const recordsBetween = (from: Offsets, until: Offsets): number =>
  [...until].reduce(
    (sum, [partition, end]) => sum + Math.max(0, Number(BigInt(end) - BigInt(from.get(partition) ?? '0'))),
    0,
  );
