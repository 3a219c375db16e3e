import { topics } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import {
  handleBatches,
  keptInMongo,
  type HandleBatches,
  type ProgressStore,
} from '@stopcovid/progress-tracker';
import { mongoWaitingPhones } from '@stopcovid/projections';
import type { Ground } from './ground';
import { batchesEach, offer, wireAt } from './trainees';

const partition = 0;

/** The tracker's own reader of events over this store. Commands go nowhere. */
export const folding = async ({ connection }: Ground, store: ProgressStore): Promise<HandleBatches> =>
  handleBatches({
    store,
    kept: await keptInMongo(connection),
    waiting: await mongoWaitingPhones(connection, 'tracker_waiting_phones', () => undefined),
    publisher: { publish: () => Promise.resolve(), close: () => Promise.resolve() },
    offer: () => offer,
    report: ({ written, batches }) => {
      if (batches > 0 && written === 0) throw new Error('batches were read and nothing was written');
    },
    now: Date.now,
  });

/** Trainees whom nobody knows yet: those from this number on. */
export type Newcomers = { readonly from: number; readonly count: number; readonly day: number };

/** What they do, as records: all of them their first batch, then their second. */
export const recordsOf = ({ from, count, day }: Newcomers): readonly LogRecord[] =>
  Array.from({ length: count * batchesEach }, (_, place) => {
    const [index, version] = [from + (place % count), Math.floor(place / count) + 1];
    const { key, value } = wireAt({ index, version, day });
    return {
      topic: topics.dialogEvents,
      partition,
      offset: String(from * batchesEach + place),
      key,
      value: Buffer.from(value),
      headers: {},
      timestamp: 0,
    };
  });

/** Takes one slice. Throws where a record is not done. */
export const take = async (handle: HandleBatches, records: readonly LogRecord[]): Promise<void> => {
  const outcomes = await handle(records, {
    topic: topics.dialogEvents,
    partition,
    signal: new AbortController().signal,
    isCurrent: () => true,
    seek: () => {
      throw new Error('a slice is to be read again');
    },
  });
  if (outcomes.some(({ kind }) => kind !== 'done')) throw new Error('a record was not done');
};
