import { decodeBatch, decodeKeyed, type EventBatch, type Phone } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';

/** A batch as it stands on the topic. */
export type Told = { readonly batch: EventBatch; readonly wire: string; readonly record: LogRecord };

/** Each phone's readable batches as they came, repeats included. */
export type Chronicle = ReadonlyMap<Phone, readonly Told[]>;

/** Reads the event topic. What cannot be read is poison, of which I9 speaks. */
export const chronicleOf = (events: readonly LogRecord[]): Chronicle => {
  const told = new Map<Phone, Told[]>();
  for (const record of events) {
    const read = decodeKeyed(record, decodeBatch);
    if (!read.ok) continue;
    const own = told.get(read.value.phone) ?? [];
    told.set(read.value.phone, [...own, { batch: read.value, wire: String(record.value), record }]);
  }
  return told;
};

/** The batches of one phone without repeats, in the order of their first coming. */
export const firstOf = (told: readonly Told[]): readonly Told[] => {
  const seen = new Set<number>();
  return told.filter(({ batch }) => !seen.has(batch.version) && seen.add(batch.version));
};
