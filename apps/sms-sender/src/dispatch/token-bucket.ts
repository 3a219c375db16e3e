/** Holds two rates, of messages and of segments: at most one second's worth at once. Takes the time from outside, in milliseconds. */
export type TokenBucket = {
  /** How many messages may go at `at`; `share` (0 to 1) is this replica's part of the rates. */
  readonly available: (at: number, share: number) => number;
  /** In how many milliseconds a message may go, if nothing else goes before it; Infinity for a share of 0. */
  readonly waitMs: (at: number, share: number) => number;
  /** Uses tokens up; `available` has just said that they are there. Without `segments`, one for each message. */
  readonly take: (messages: number, segments?: number) => void;
  /** Takes back what `take` used up: nothing went. */
  readonly giveBack: (messages: number, segments: number) => void;
  /** Stops all tokens until then: the other side asked for patience. */
  readonly pauseUntil: (at: number) => void;
};

type Level = {
  readonly refill: (ms: number, share: number) => number;
  /** When there is a whole token, counted from the last refill. */
  readonly waitMs: (share: number) => number;
  readonly take: (count: number) => void;
};

const level = (perSecond: number): Level => {
  let tokens = Math.max(1, perSecond);
  return {
    refill: (ms, share) => {
      const rate = perSecond * share;
      tokens = Math.min(Math.max(1, rate), tokens + (ms * rate) / 1_000);
      return tokens;
    },
    waitMs: (share) => (tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * 1_000) / (perSecond * share))),
    take: (count) => {
      tokens -= count;
    },
  };
};

/**
 * A bucket of so many messages, and perhaps so many segments, a second. What a message costs is known only when it is
 * taken, so the segments may go into debt, which is paid back before anything else goes.
 */
export const tokenBucket = (perSecond: number, segmentsPerSecond?: number): TokenBucket => {
  const messages = level(perSecond);
  const segments = segmentsPerSecond === undefined ? undefined : level(segmentsPerSecond);
  let countedAt: number | undefined;
  let pausedUntil = 0;
  const available = (at: number, share: number): number => {
    const elapsed = Math.max(0, at - (countedAt ?? at));
    countedAt = at;
    const room = Math.min(messages.refill(elapsed, share), segments?.refill(elapsed, share) ?? Infinity);
    return at < pausedUntil ? 0 : Math.max(0, Math.floor(room));
  };
  const take = (count: number, cost = count): void => {
    messages.take(count);
    segments?.take(cost);
  };
  return {
    available,
    waitMs: (at, share) => {
      if (available(at, share) > 0) return 0;
      return Math.max(pausedUntil - at, messages.waitMs(share), segments?.waitMs(share) ?? 0);
    },
    take,
    giveBack: (count, cost) => take(-count, -cost),
    pauseUntil: (at) => {
      pausedUntil = Math.max(pausedUntil, at);
    },
  };
};
