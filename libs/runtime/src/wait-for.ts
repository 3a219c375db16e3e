import type { Health } from './health';
import { backoffMs, pause, type Backoff } from './retry';

/** Why something cannot be yet. */
export type Why = {
  /** The line of the log: always the same words, so that it can be looked for. */
  readonly message: string;
  /**
   * What is in the way, and what somebody can do about it. Readiness says it to whoever asks, so it names settings and
   * never what a secret holds.
   */
  readonly reason: string;
  /** What only the log says besides. */
  readonly about?: object;
};

/** Who is told why something waits. */
export type Told = {
  readonly logger?: { warn(details: object, message: string): void } | undefined;
  readonly health?: Health | undefined;
};

/** Says in the log and at the door, in the same words, why the check of this name does not pass yet. */
export const tellWhy = (check: string, { message, reason, about }: Why, { logger, health }: Told): void => {
  logger?.warn({ ...about, reason }, message);
  health?.waits(check, reason);
};

/** How something is waited for. */
export type Wait = Told & {
  /** The check of readiness that says why, until it is there. */
  readonly check: string;
  /** What an error means; undefined where waiting helps nothing. */
  readonly why: (error: unknown) => Why | undefined;
  readonly backoff: Backoff;
  /** What the log says at each try besides, alone. */
  readonly about?: object;
  /** Ends the waiting: the last error is thrown. */
  readonly until?: AbortSignal | undefined;
};

const isOver = (until: AbortSignal | undefined): boolean => until?.aborted === true;

/**
 * Tries again and again until it succeeds, and tells after each try why it does not yet: all that a service waits for
 * before it can serve is waited for here. Throws what waiting cannot help, and the last error once aborted.
 */
export const waitFor = async <T>(operation: () => Promise<T>, wait: Wait): Promise<T> => {
  const { check, health, until } = wait;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const found = await operation();
      health?.goesOn(check);
      return found;
    } catch (error) {
      const why = wait.why(error);
      if (why === undefined || isOver(until)) throw error;
      const pauseMs = backoffMs(attempt, wait.backoff);
      tellWhy(check, { ...why, about: { attempt, pauseMs, ...wait.about, ...why.about } }, wait);
      await pause(pauseMs, until);
      if (isOver(until)) throw error;
    }
  }
};
