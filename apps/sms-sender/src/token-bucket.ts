/** Holds a rate: so many a second, at most one second's worth at once. Takes the time from outside, in milliseconds. */
export type TokenBucket = {
  /** Whole tokens there are at `at`; `share` (0 to 1) is this replica's part of the rate. */
  readonly available: (at: number, share: number) => number;
  /** Uses tokens up; `available` has just said that they are there. */
  readonly take: (count: number) => void;
  /** Stops all tokens until then: the other side asked for patience. */
  readonly pauseUntil: (at: number) => void;
};

export const tokenBucket = (perSecond: number): TokenBucket => {
  let tokens = Math.max(1, perSecond);
  let countedAt: number | undefined;
  let pausedUntil = 0;
  const refill = (at: number, share: number): void => {
    const rate = perSecond * share;
    const elapsed = Math.max(0, at - (countedAt ?? at));
    tokens = Math.min(Math.max(1, rate), tokens + (elapsed * rate) / 1_000);
    countedAt = at;
  };
  return {
    available: (at, share) => {
      refill(at, share);
      return at < pausedUntil ? 0 : Math.floor(tokens);
    },
    take: (count) => {
      tokens -= count;
    },
    pauseUntil: (at) => {
      pausedUntil = Math.max(pausedUntil, at);
    },
  };
};
