import { distinctKeys, type BucketKey } from './bucket';
import type { Buckets } from './buckets';

/**
 * Does a write while the buckets of its runs are marked: the mark is there before, and `written` some time after, however
 * many writes share it. A write that fails may still arrive: its mark is never `written`, and is found left behind.
 */
export type Marking = <T>(keys: readonly BucketKey[], write: () => Promise<T>) => Promise<T>;

/** A mark for each write. */
export const markEach =
  (buckets: Pick<Buckets, 'mark' | 'written'>): Marking =>
  async (keys, write) => {
    const mark = await buckets.mark(distinctKeys(keys));
    const result = await write();
    await buckets.written(mark);
    return result;
  };
