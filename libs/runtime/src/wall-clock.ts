/** What time it is, and how much of it has passed. Timeouts and sleeps go by the process's own timers instead. */
export type WallClock = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds that never go backwards, since whenever. */
  readonly pulse: () => number;
};

/** The clock of this machine. */
export const machineClock: WallClock = { now: Date.now, pulse: () => performance.now() };
