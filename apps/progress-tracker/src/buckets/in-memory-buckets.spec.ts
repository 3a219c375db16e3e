import { inMemoryRunFigures } from '../figures/in-memory-run-figures';
import { inMemoryProgressStore } from '../progress/in-memory-progress-store';
import { bucketsContract } from './buckets.contract';
import { inMemoryBuckets, inMemoryCountedRuns } from './in-memory-buckets';

describe('buckets in memory', () =>
  bucketsContract(() => {
    const store = inMemoryProgressStore();
    let ticks = 0;
    return Promise.resolve({
      store,
      figures: inMemoryRunFigures(store.allRuns),
      runs: inMemoryCountedRuns(store.allRuns),
      buckets: inMemoryBuckets(() => (ticks += 1)),
    });
  }));
