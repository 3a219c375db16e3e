import type { LocalDate } from '@stopcovid/calendar';
import type { BucketKey } from './bucket';
import type { Buckets, CountedRuns } from './buckets';
import { checkDay, dayAfter, recountBuckets } from './recounter';

/** What buckets and their runs are read from. */
export type BucketProof = { readonly buckets: Buckets; readonly runs: CountedRuns };

/** A bucket that is not what its runs come to. */
export type Drift = { readonly key: BucketKey; readonly replaced: boolean };

/** What is asked of a proof. Without `swap` nothing is changed. */
export type ProofRequest = {
  readonly swap: boolean;
  readonly onDrift: (drift: Drift) => void;
  /** Called after each day that has runs or buckets. */
  readonly onDay?: (day: LocalDate) => void;
  readonly signal?: AbortSignal;
};

/** What a proof came to. */
export type ProofTotals = {
  readonly days: number;
  /** How many buckets were compared, those that are still to be counted anew among them. */
  readonly compared: number;
  readonly drifted: number;
  readonly replaced: number;
  /** Whether all runs were counted into buckets once: until then figures are of the runs alone. */
  readonly built: boolean;
};

/**
 * Counts each day's runs and compares them with its buckets, while the service goes on; with `swap` those that have
 * drifted are counted anew. Those that are marked are what nobody relies on, and have not drifted. Holds one day's
 * buckets. Throws what the stores throw, and the signal's reason.
 */
export const proveBuckets = async (
  parts: BucketProof,
  { swap, onDrift, onDay, signal }: ProofRequest,
): Promise<ProofTotals> => {
  const totals = { days: 0, compared: 0, drifted: 0, replaced: 0 };
  const built = (await parts.buckets.lastDone('built')) !== undefined;
  if (!built) return { ...totals, built };
  for (let day = await dayAfter(parts, undefined); day !== undefined; day = await dayAfter(parts, day)) {
    signal?.throwIfAborted();
    const { buckets, drifted } = await checkDay(parts, day);
    /* One that somebody else writes at the same time is counted by them. */
    if (swap) await recountBuckets(parts, drifted);
    for (const key of drifted) onDrift({ key, replaced: swap });
    totals.days += 1;
    totals.compared += buckets;
    totals.drifted += drifted.length;
    totals.replaced += swap ? drifted.length : 0;
    onDay?.(day);
  }
  return { ...totals, built };
};
