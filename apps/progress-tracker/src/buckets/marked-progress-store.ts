import type { ProgressStore } from '../progress/progress-store';
import { distinctKeys, keysOf } from './bucket';
import type { Buckets } from './buckets';

/**
 * A store whose runs mark their buckets before they are written. Whatever ends it in between leaves the mark, which holds
 * until a recount has seen what was written.
 */
export const markedProgressStore = <Store extends ProgressStore>(
  store: Store,
  buckets: Pick<Buckets, 'mark' | 'written'>,
): Store => ({
  ...store,
  save: async (runs, trainees) => {
    const keys = distinctKeys(runs.flatMap(({ next }) => keysOf(next)));
    if (keys.length === 0) return store.save(runs, trainees);
    const mark = await buckets.mark(keys);
    const lost = await store.save(runs, trainees);
    await buckets.written(mark);
    return lost;
  },
});
