import { topics, type DecodedBatch } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import { inMemoryWaitingPhones, VersionedReader } from '@stopcovid/projections';
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

/** A store whose process dies after so many documents, of whichever a write has first. */
const mortal = (inner: InMemoryProgressStore) => {
  let left = Infinity;
  const store: ProgressStore = {
    ...inner,
    save: async (runs, trainees) => {
      if (left >= runs.length + trainees.length) return inner.save(asStored(runs), trainees);
      await inner.save(
        asStored([...runs].reverse().slice(0, left)),
        trainees.slice(0, Math.max(0, left - runs.length)),
      );
      throw new Died();
    },
  };
  return { store, diesAfter: (documents: number | null) => void (left = documents ?? Infinity) };
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

/** Reads all batches in these slices, and what is left of them at once. A process that died begins anew where it was. */
export const figuresAfter = async (
  batches: readonly DecodedBatch[],
  plan: readonly Slice[] = [],
): Promise<RunFigures> => {
  const records: readonly LogRecord[] = batches.map((batch, offset) => recordOf(batch, offset));
  const kept = inMemoryProgressStore();
  const { store, diesAfter } = mortal(kept);
  let [read, reader] = [0, readerOf(store)];
  for (const { back, ahead, ...slice } of [...plan, { back: 0, ahead: Infinity, diesAfter: null }]) {
    diesAfter(slice.diesAfter);
    try {
      await reader.handle(records.slice(Math.max(0, read - back), read + ahead), context);
      read = Math.min(records.length, read + ahead);
    } catch (error) {
      if (!(error instanceof Died)) throw error;
      reader = readerOf(store);
    }
  }
  return inMemoryRunFigures(kept.allRuns);
};
