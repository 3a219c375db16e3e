import { decodeBatch, decodeKeyed, optOutIn, type Phone } from '@stopcovid/contracts';
import { deadLetter, type LogRecord, type Outcome } from '@stopcovid/kafka';
import type { Arrival, Arrivals, OptOut, Position } from './fold';

/** A batch that only a later release can read. */
export type FutureBatch = { readonly position: Position; readonly reason: string };

/** The records of one slice, read. */
export type DecodedSlice = {
  readonly arrivals: Arrivals;
  /** The first batch from a later release, of each phone that has one here. */
  readonly futures: ReadonlyMap<Phone, FutureBatch>;
  /** The offset of the last record of each phone that is a batch of some release. */
  readonly lasts: ReadonlyMap<Phone, string>;
  /** What batches from a later release say at least, of each phone. */
  readonly optOuts: ReadonlyMap<Phone, readonly OptOut[]>;
  /** Of each record: whose it is, or what becomes of one that never will be a batch. */
  readonly verdicts: readonly (
    { readonly phone: Phone } | { readonly phone: undefined; readonly outcome: Outcome }
  )[];
};

/** Reads records as batches. */
export const decodeSlice = (records: readonly LogRecord[]): DecodedSlice => {
  const arrivals = new Map<Phone, Arrival[]>();
  const futures = new Map<Phone, FutureBatch>();
  const lasts = new Map<Phone, string>();
  const optOuts = new Map<Phone, OptOut[]>();
  const verdicts = records.map((record): DecodedSlice['verdicts'][number] => {
    const { partition, offset } = record;
    const position = { partition, offset };
    const read = decodeKeyed(record, decodeBatch);
    if (read.ok) {
      const { phone } = read.value;
      lasts.set(phone, offset);
      arrivals.set(phone, [...(arrivals.get(phone) ?? []), { batch: read.value, position }]);
      return { phone };
    }
    if (read.error.kind === 'poison')
      return { phone: undefined, outcome: deadLetter(read.error.code, read.error.reason) };
    const { phone, reason } = read.error;
    lasts.set(phone, offset);
    if (!futures.has(phone)) futures.set(phone, { position, reason });
    const version = record.value === null ? undefined : optOutIn(record.value);
    if (version !== undefined)
      optOuts.set(phone, [...(optOuts.get(phone) ?? []), { phone, version, position }]);
    return { phone };
  });
  return { arrivals, futures, lasts, optOuts, verdicts };
};

/** The phones that a slice speaks of, each once. */
export const phonesIn = ({ lasts }: DecodedSlice): ReadonlySet<Phone> => new Set(lasts.keys());

/** How many of its batches can be read. */
export const batchesIn = ({ arrivals }: DecodedSlice): readonly Arrival[] => [...arrivals.values()].flat();
