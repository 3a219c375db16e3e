/** What the carrier does wrong on purpose. Chances go from 0 (never) to 1 (always). */
export type FaultSettings = {
  /** How late a create request is answered, in milliseconds. */
  readonly answerDelayMs: number;
  /** The chance of a 500 although the message was accepted. */
  readonly failAfterAccepting: number;
  /** The chance that the connection breaks although the message was accepted. */
  readonly dropAfterAccepting: number;
  /** The chance of a 429; nothing is accepted then. */
  readonly throttle: number;
  /** What `Retry-After` says with a 429, in seconds; 0 leaves the header out. */
  readonly retryAfterSeconds: number;
  /** The chance that a status callback is posted twice. */
  readonly duplicateCallbacks: number;
  /** The chance that a message is never delivered (error 30003). */
  readonly undelivered: number;
};

/** A carrier in good health. */
export const noFaults: FaultSettings = {
  answerDelayMs: 0,
  failAfterAccepting: 0,
  dropAfterAccepting: 0,
  throttle: 0,
  retryAfterSeconds: 1,
  duplicateCallbacks: 0,
  undelivered: 0,
};

/** The next number of a sequence, from 0 up to but not including 1. */
export type Random = () => number;

/** A repeatable sequence (mulberry32): the same seed gives the same faults in the same order. */
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
};

/** How one create request will be dealt with. */
export type Ordeal = 'throttled' | 'failed' | 'dropped' | 'answered';

/** Draws the fate of one create request. */
export const drawOrdeal = (settings: FaultSettings, random: Random): Ordeal => {
  if (random() < settings.throttle) return 'throttled';
  if (random() < settings.failAfterAccepting) return 'failed';
  return random() < settings.dropAfterAccepting ? 'dropped' : 'answered';
};
