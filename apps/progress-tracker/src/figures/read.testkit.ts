import { topics, type DecodedBatch } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import { inMemoryWaitingPhones, VersionedReader } from '@stopcovid/projections';
import type { BucketKey } from '../buckets/bucket';
import { bucketedFigures } from '../buckets/bucketed-figures';
import { inMemoryBuckets, inMemoryCountedRuns } from '../buckets/in-memory-buckets';
import { markedProgressStore } from '../buckets/marked-progress-store';
import { markEach } from '../buckets/marking';
import { checkDay, Recounter } from '../buckets/recounter';
import { inMemoryProgressStore, type InMemoryProgressStore } from '../progress/in-memory-progress-store';
import { fromRun, storedRunSchema } from '../progress/mongo-runs';
import { progressDocuments, progressFold, type PhoneProgress } from '../progress/phone-progress';
import type { ProgressStore } from '../progress/progress-store';
import { recordOf } from '../tracker.testkit';
import { inMemoryRunFigures } from './in-memory-run-figures';
import type { Slice } from './lives.testkit';
import type { RunFigures } from './run-figures';

type Written = Parameters<ProgressStore['save']>;

/** As MongoDB has them: what a document does not keep is lost. */
const asStored = (runs: Written[0]): Written[0] =>
  runs.map(({ next, ...read }) => ({
    next: storedRunSchema.parse({ _id: next.runId, ...fromRun(next) }),
    ...read,
  }));

class Died extends Error {}

/** A store whose process dies after so many documents, of whichever a write has first, or behind the last. */
const mortal = (inner: InMemoryProgressStore, beforeSave: () => Promise<unknown>) => {
  let left = Infinity;
  let behindLast = false;
  const store: ProgressStore = {
    ...inner,
    save: async (runs, trainees) => {
      await beforeSave();
      behindLast = left === runs.length + trainees.length;
      if (left >= runs.length + trainees.length) return inner.save(asStored(runs), trainees);
      await inner.save(
        asStored([...runs].reverse().slice(0, left)),
        trainees.slice(0, Math.max(0, left - runs.length)),
      );
      throw new Died();
    },
  };
  return {
    store,
    diesAfter: (documents: number | null) => void (left = documents ?? Infinity),
    lives: () => {
      if (behindLast) throw new Died();
    },
  };
};

const minuteMs = 60_000;

/** Buckets of a store in memory that are counted anew whenever `tick` says so. A slice of records takes ten minutes. */
const bucketsOf = (kept: InMemoryProgressStore) => {
  let now = Date.parse('2026-03-06T04:00:00Z');
  const buckets = inMemoryBuckets(() => now);
  const runs = inMemoryCountedRuns(kept.allRuns);
  const drifted: BucketKey[] = [];
  const recounter = new Recounter({
    buckets,
    runs,
    isOurs: () => true,
    now: () => now,
    everyMs: 1,
    pause: () => Promise.resolve(),
    onRecount: () => undefined,
    onCheck: (check) => void drifted.push(...check.drifted),
    onTrouble: () => undefined,
  });
  return {
    buckets,
    runs,
    drifted,
    tick: () => recounter.tick(),
    later: () => void (now += 10 * minuteMs),
  };
};

const readerOf = (store: ProgressStore) =>
  new VersionedReader<PhoneProgress>({
    fold: progressFold([]),
    documents: progressDocuments(store, []),
    waiting: inMemoryWaitingPhones(),
    unknownEvents: 'leaveOut',
    isOutage: () => false,
    report: () => undefined,
    now: () => 0,
  });

const context = {
  topic: topics.dialogEvents,
  partition: 0,
  isCurrent: () => true,
  signal: new AbortController().signal,
  seek: () => undefined,
};

/** The figures of what was read: from runs, and from buckets as they are kept beside them. */
export type Read = {
  readonly figures: RunFigures;
  readonly bucketed: RunFigures;
  /** Counts anew what is marked until nothing is; answers the buckets that were found wrong without a mark, ever. */
  readonly settle: () => Promise<readonly BucketKey[]>;
};

/** Reads all batches in these slices, and what is left of them at once. A process that died begins anew where it was. */
export const readIn = async (batches: readonly DecodedBatch[], plan: readonly Slice[]): Promise<Read> => {
  const records: readonly LogRecord[] = batches.map((batch, offset) => recordOf(batch, offset));
  const kept = inMemoryProgressStore();
  const { buckets, runs, drifted, tick, later } = bucketsOf(kept);
  /* Whoever counts anew does so at the worst of times: between the mark and the write. */
  const { store: inner, diesAfter, lives } = mortal(kept, tick);
  const store = markedProgressStore(
    inner,
    markEach({
      ...buckets,
      written: (mark) => {
        lives();
        return buckets.written(mark);
      },
    }),
  );
  let [read, reader] = [0, readerOf(store)];
  for (const { back, ahead, ...slice } of [...plan, { back: 0, ahead: Infinity, diesAfter: null }]) {
    later();
    diesAfter(slice.diesAfter);
    try {
      await reader.handle(records.slice(Math.max(0, read - back), read + ahead), context);
      read = Math.min(records.length, read + ahead);
    } catch (error) {
      if (!(error instanceof Died)) throw error;
      reader = readerOf(store);
    }
  }
  const figures = inMemoryRunFigures(kept.allRuns);
  const settle = async (): Promise<readonly BucketKey[]> => {
    later();
    for (let more = true; more || (await buckets.marks(1)).length > 0;) more = await tick();
    for (let day = await runs.nextDay(undefined); day !== undefined; day = await runs.nextDay(day))
      drifted.push(...(await checkDay({ buckets, runs }, day)).drifted);
    return drifted;
  };
  return { figures, bucketed: bucketedFigures({ figures, runs, buckets }), settle };
};

/** The figures of runs alone. */
export const figuresAfter = async (
  batches: readonly DecodedBatch[],
  plan: readonly Slice[] = [],
): Promise<RunFigures> => (await readIn(batches, plan)).figures;
