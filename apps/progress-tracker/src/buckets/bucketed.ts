import type { ProgressTrackerParts } from '../parts';
import type { ProgressStore } from '../progress/progress-store';
import { bucketedFigures, type Bucketed } from './bucketed-figures';
import { markedProgressStore } from './marked-progress-store';
import type { Marking } from './marking';

/** Figures by buckets, and the store that keeps them true: whoever writes runs writes through it. */
export const bucketed = ({
  store,
  marking,
  ...parts
}: Bucketed & { readonly store: ProgressStore; readonly marking: Marking }): Pick<
  ProgressTrackerParts,
  'store' | 'figures' | 'buckets' | 'countedRuns'
> => ({
  store: markedProgressStore(store, marking),
  figures: bucketedFigures(parts),
  buckets: parts.buckets,
  countedRuns: parts.runs,
});
