import type { ProgressTrackerParts } from '../parts';
import type { ProgressStore } from '../progress/progress-store';
import { bucketedFigures, type Bucketed } from './bucketed-figures';
import { markedProgressStore } from './marked-progress-store';

/** Figures by buckets, and the store that keeps them true: whoever writes runs writes through it. */
export const bucketed = ({
  store,
  ...parts
}: Bucketed & { readonly store: ProgressStore }): Pick<
  ProgressTrackerParts,
  'store' | 'figures' | 'buckets' | 'countedRuns'
> => ({
  store: markedProgressStore(store, parts.buckets),
  figures: bucketedFigures(parts),
  buckets: parts.buckets,
  countedRuns: parts.runs,
});
