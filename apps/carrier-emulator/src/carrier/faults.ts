/** Instead of what was asked for: a page of HTML, JSON that breaks off, or an error under the status 200. */
export type Garbage = 'none' | 'html' | 'truncated' | 'errorIn200';

/** What goes wrong on purpose, for one phone or for all. Chances go from 0 (never) to 1 (always). */
export type PhoneFaults = {
  /** Twilio's code for every message: refused with it, or reported later where Twilio does so; 0 means none. */
  readonly errorCode: number;
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
  /** What a create request is answered although the message was accepted. */
  readonly garbage: Garbage;
  /** The chance that a message is never delivered (error 30003). */
  readonly undelivered: number;
  /** The chance that a status callback is never posted. */
  readonly missingCallbacks: number;
  /** The chance that a message's status callbacks come last first. */
  readonly reorderCallbacks: number;
  /** The chance that a status callback is posted twice. */
  readonly duplicateCallbacks: number;
  /** How late each status callback is posted, in milliseconds. */
  readonly callbackDelayMs: number;
  /** How old a message is before the list shows it, in milliseconds. */
  readonly listLagMs: number;
  /** How late each page of the list is answered, in milliseconds. */
  readonly listDelayMs: number;
  /** What a request for the list is answered. */
  readonly listGarbage: Garbage;
  /** The chance that the webhook of a text is never called; the message list has the text all the same. */
  readonly loseInbound: number;
  /** The chance that a text lets the phone's next one pass; it waits for that for two seconds at most. */
  readonly reorderInbound: number;
  /** The chance that the webhook of a text is called twice. */
  readonly duplicateInbound: number;
  /** How late the webhook of a text is called, in milliseconds. */
  readonly inboundDelayMs: number;
};

/** What holds for the whole carrier: its faults, and its rules. */
export type CarrierSettings = PhoneFaults & {
  /** Messages that are accepted per second, with one second's worth at once; above it 429. 0 means no limit. */
  readonly ratePerSecond: number;
  /** Whether the carrier keeps consent itself: it answers STOP, START and HELP, and refuses with 21610 after STOP. */
  readonly carrierOptOut: boolean;
};

/** A carrier in good health. */
export const noFaults: PhoneFaults = {
  errorCode: 0,
  answerDelayMs: 0,
  failAfterAccepting: 0,
  dropAfterAccepting: 0,
  throttle: 0,
  retryAfterSeconds: 1,
  garbage: 'none',
  undelivered: 0,
  missingCallbacks: 0,
  reorderCallbacks: 0,
  duplicateCallbacks: 0,
  callbackDelayMs: 0,
  listLagMs: 0,
  listDelayMs: 0,
  listGarbage: 'none',
  loseInbound: 0,
  reorderInbound: 0,
  duplicateInbound: 0,
  inboundDelayMs: 0,
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
export const drawOrdeal = (faults: PhoneFaults, random: Random): Ordeal => {
  if (random() < faults.throttle) return 'throttled';
  if (random() < faults.failAfterAccepting) return 'failed';
  return random() < faults.dropAfterAccepting ? 'dropped' : 'answered';
};
