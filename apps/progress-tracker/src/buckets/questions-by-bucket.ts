import { addRun } from '../figures/question-tables-of-runs';
import type { QuestionedRun } from '../figures/questioned-run';
import { contentSums, type ContentSums } from '../figures/question-table';
import { bucketIdOf, keysOf, type BucketKey } from './bucket';
import type { KeyedContents } from './buckets';

/** The tables of the questions of runs, by bucket. No run is kept. */
export const questionsByBucket = async (
  runs: AsyncIterable<QuestionedRun>,
): Promise<readonly KeyedContents[]> => {
  const buckets = new Map<string, { readonly key: BucketKey; readonly sums: ContentSums }>();
  for await (const run of runs)
    for (const key of keysOf(run)) {
      const bucket = buckets.get(bucketIdOf(key)) ?? { key, sums: contentSums() };
      buckets.set(bucketIdOf(key), bucket);
      addRun(bucket.sums, run);
    }
  return [...buckets.values()].map(({ key, sums }) => ({ key, contents: sums.tables() }));
};
