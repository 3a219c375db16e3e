import type { ProgressStore } from '../progress/progress-store';
import { keysOf } from './bucket';
import type { Marking } from './marking';

/**
 * A store whose runs mark their buckets before they are written. Whatever ends it in between leaves the mark, which holds
 * until a recount has seen what was written.
 */
export const markedProgressStore = <Store extends ProgressStore>(store: Store, marking: Marking): Store => ({
  ...store,
  save: async (runs, trainees) => {
    const keys = runs.flatMap(({ next }) => keysOf(next));
    const write = () => store.save(runs, trainees);
    return keys.length === 0 ? write() : marking(keys, write);
  },
});
