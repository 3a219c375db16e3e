import { decodeBatch, decodeKeyed, type EventBatch, type Phone } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import { groupBy } from '@stopcovid/runtime';
import type { Invariant, Violation } from './history';

/** A batch as it stands on the topic. */
export type Told = { readonly batch: EventBatch; readonly wire: string; readonly record: LogRecord };

/** Each phone's readable batches as they came, repeats included. */
export type Chronicle = ReadonlyMap<Phone, readonly Told[]>;

/** Reads the event topic. What cannot be read is poison, of which I9 speaks. */
export const chronicleOf = (events: readonly LogRecord[]): Chronicle => {
  const told = events.flatMap((record): readonly Told[] => {
    const read = decodeKeyed(record, decodeBatch);
    return read.ok ? [{ batch: read.value, wire: String(record.value), record }] : [];
  });
  return groupBy(told, ({ batch }) => batch.phone);
};

/** The batches of one phone without repeats, in the order of their first coming. */
export const firstOf = (told: readonly Told[]): readonly Told[] => {
  const seen = new Set<number>();
  return told.filter(({ batch }) => !seen.has(batch.version) && seen.add(batch.version));
};

/** The same in the order of their versions. */
export const inVersions = (told: readonly Told[]): readonly Told[] =>
  firstOf(told).toSorted((a, b) => a.batch.version - b.batch.version);

/** Which phones break a promise, each with what is wrong about its batches. */
export const brokenFor = (
  invariant: Invariant,
  chronicle: Chronicle,
  wrongIn: (told: readonly Told[]) => string | undefined,
): readonly Violation[] =>
  [...chronicle].flatMap(([phone, told]): readonly Violation[] => {
    const detail = wrongIn(told);
    return detail === undefined ? [] : [{ invariant, phone, detail }];
  });
