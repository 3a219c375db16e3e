import {
  decodeBatch,
  decodeKeyed,
  isTypeName,
  optOutIn,
  type DecodedBatch,
  type Phone,
} from '@stopcovid/contracts';
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
    | { readonly phone: Phone }
    | { readonly phone: undefined; readonly outcome: Outcome }
  )[];
};

/** What becomes of a batch with events that this release does not know: its reader leaves them out, or waits. */
export type UnknownEvents = 'leaveOut' | 'wait';

type Read =
  | { readonly kind: 'batch'; readonly phone: Phone; readonly batch: DecodedBatch }
  | { readonly kind: 'future'; readonly phone: Phone; readonly reason: string }
  | { readonly kind: 'poison'; readonly outcome: Outcome };

const readRecord = (record: LogRecord, unknown: UnknownEvents): Read => {
  const read = decodeKeyed(record, decodeBatch);
  if (read.ok) {
    const { phone, unknownEvents } = read.value;
    const later = unknown === 'wait' ? unknownEvents.filter(isTypeName) : [];
    return later.length === 0
      ? { kind: 'batch', phone, batch: read.value }
      : { kind: 'future', phone, reason: `events of a later release: ${later.join(', ')}` };
  }
  const { error } = read;
  return error.kind === 'poison'
    ? { kind: 'poison', outcome: deadLetter(error.code, error.reason) }
    : { kind: 'future', phone: error.phone, reason: error.reason };
};

/** Reads records as batches. */
export const decodeSlice = (records: readonly LogRecord[], unknown: UnknownEvents): DecodedSlice => {
  const arrivals = new Map<Phone, Arrival[]>();
  const futures = new Map<Phone, FutureBatch>();
  const lasts = new Map<Phone, string>();
  const optOuts = new Map<Phone, OptOut[]>();
  const verdicts = records.map((record): DecodedSlice['verdicts'][number] => {
    const { partition, offset, value } = record;
    const position = { partition, offset };
    const read = readRecord(record, unknown);
    if (read.kind === 'poison') return { phone: undefined, outcome: read.outcome };
    const { phone } = read;
    lasts.set(phone, offset);
    if (read.kind === 'batch') {
      arrivals.set(phone, [...(arrivals.get(phone) ?? []), { batch: read.batch, position }]);
      return { phone };
    }
    if (!futures.has(phone)) futures.set(phone, { position, reason: read.reason });
    const version = value === null ? undefined : optOutIn(value);
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
