/** A turn to sweep, held for a while by one replica. */
export type SweepTurn = {
  /** Up to when all that the carrier lists has been produced, in milliseconds since 1970; undefined before the first. */
  readonly sweptTo: number | undefined;
  /** Keeps the turn for longer. False: somebody else has it, so stop. */
  keep(): Promise<boolean>;
  /** Gives the turn back unfinished: whoever asks next has it. */
  leave(): Promise<void>;
  /** Remembers how far it was swept, and gives the turn to nobody before `nextAt` (milliseconds since 1970). */
  finish(done: { readonly sweptTo: number; readonly nextAt: number }): Promise<void>;
};

/** Who may sweep: one replica at a time. */
export type SweepTurns = {
  /** The turn, or undefined while somebody else has it or it is too early. Rejects while the store is away. */
  take(): Promise<SweepTurn | undefined>;
};

const [shortestTurnMs, longestTurnMs] = [10_000, 120_000];

/** How long a turn lasts without `keep`, in milliseconds: what a crashed replica costs, one pause between sweeps at most. */
export const turnMsFor = (everyMs: number): number =>
  Math.min(longestTurnMs, Math.max(shortestTurnMs, everyMs));
