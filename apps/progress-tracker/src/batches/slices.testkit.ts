import type { DecodedBatch } from '@stopcovid/contracts';
import type { OutgoingRecord, Outcome, Publisher } from '@stopcovid/kafka';
import { inMemoryWaitingPhones } from '@stopcovid/projections';
import { pause } from '@stopcovid/runtime';
import type { Connection } from 'mongoose';
import { markedProgressStore } from '../buckets/marked-progress-store';
import { mongoBuckets } from '../buckets/mongo-buckets';
import { SharedMarks } from '../buckets/shared-marks';
import { mongoCommandRecords } from '../operations/mongo-command-records';
import { mongoProgressStore } from '../progress/mongo-progress-store';
import type { ProgressStore } from '../progress/progress-store';
import { keptInMongo, type KeptStores } from '../projections/kept-stores';
import { offering, recordOf } from '../tracker.testkit';
import { handleBatches } from './handle-batches';

/** A replica of the tracker as far as it reads events: over a database, with what it published. */
export type Replica = {
  /** Takes each batch as a slice of a partition of its own, all at the same moment. */
  readonly take: (...batches: readonly DecodedBatch[]) => Promise<readonly Outcome['kind'][]>;
  readonly published: (readonly [topic: string, record: OutgoingRecord])[];
  readonly store: ProgressStore;
  readonly kept: KeptStores;
  readonly close: () => Promise<void>;
};

/** Opens a replica. `around` may come between it and its store. */
export const replicaOver = async (
  connection: Connection,
  around: (store: ProgressStore) => ProgressStore = (store) => store,
): Promise<Replica> => {
  const published: (readonly [string, OutgoingRecord])[] = [];
  const publisher: Publisher = {
    publish: async (topic, records) =>
      void published.push(...records.map((record) => [topic, record] as const)),
    close: () => Promise.resolve(),
  };
  const buckets = await mongoBuckets(connection);
  const marks = new SharedMarks({ buckets, now: Date.now, pause, onTrouble: () => undefined });
  const store = markedProgressStore(await mongoProgressStore(connection), marks.around);
  const kept = await keptInMongo(connection);
  const handle = handleBatches({
    store: around(store),
    kept,
    commands: await mongoCommandRecords(connection),
    publisher,
    offer: () => offering('one', 'two'),
    waiting: inMemoryWaitingPhones(),
    now: Date.now,
    report: () => undefined,
  });
  const { signal } = new AbortController();
  const takeOne = async (batch: DecodedBatch, partition: number): Promise<Outcome['kind']> => {
    const context = { topic: 'dialog.events.v1', partition, signal };
    const [outcome] = await handle([{ ...recordOf(batch), partition }], {
      ...context,
      isCurrent: () => true,
      seek: () => undefined,
    });
    if (outcome === undefined) throw new Error('the record has no outcome');
    return outcome.kind;
  };
  return {
    take: (...batches) => Promise.all(batches.map(takeOne)),
    published,
    store,
    kept,
    close: () => marks.close(),
  };
};
