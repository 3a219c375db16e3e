/** How many requests one caller may make: so many a second over time, and at first as many as `burst` seconds give. */
export type Allowance = { readonly perSecond: number; readonly burstSeconds: number };

/** What each caller has left. */
export interface Allowances {
  /** Takes one request of a caller. Answers the milliseconds until it would be allowed: 0 where it was taken. */
  take(name: string): number;
}

type Bucket = { left: number; at: number };

const mostBuckets = 10_000;

/** Counts in this process alone: with several replicas, a caller may have as much of each. `now` is in milliseconds. */
export const allowancesOf = ({ perSecond, burstSeconds }: Allowance, now: () => number): Allowances => {
  const most = Math.max(1, perSecond * burstSeconds);
  const buckets = new Map<string, Bucket>();
  const refill = (bucket: Bucket, at: number): void => {
    const ms = Math.max(0, at - bucket.at);
    bucket.left = Math.min(most, bucket.left + (ms * perSecond) / 1_000);
    bucket.at = at;
  };
  /** Who asked longest ago is forgotten first: by then they mostly have all of theirs again. */
  const keep = (name: string, bucket: Bucket): void => {
    buckets.delete(name);
    buckets.set(name, bucket);
    const [oldest] = buckets.keys();
    if (buckets.size > mostBuckets && oldest !== undefined) buckets.delete(oldest);
  };
  return {
    take: (name) => {
      const at = now();
      const bucket = buckets.get(name) ?? { left: most, at };
      keep(name, bucket);
      refill(bucket, at);
      if (bucket.left < 1) return Math.ceil(((1 - bucket.left) * 1_000) / perSecond);
      bucket.left -= 1;
      return 0;
    },
  };
};
