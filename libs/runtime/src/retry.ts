import { setMaxListeners } from 'node:events';

/** How long to wait before each new try, in milliseconds. */
export type Backoff = { readonly firstMs: number; readonly maxMs: number; readonly random?: () => number };

export const usualBackoff: Backoff = { firstMs: 100, maxMs: 10_000 };

/** The pause before try `attempt` (1, 2, 3 …) in milliseconds: doubling up to a maximum, half of it by chance. */
export const backoffMs = (attempt: number, backoff: Backoff = usualBackoff): number => {
  const full = Math.min(backoff.maxMs, backoff.firstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(full / 2 + (full / 2) * (backoff.random ?? Math.random)());
};

/**
 * Resolves after the time given in milliseconds, or as soon as the signal aborts; never rejects. Any number may wait for
 * one signal.
 */
export const pause = (ms: number, until?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (until?.aborted) return resolve();
    /* Each takes its listener away again, so that many are no leak that Node need warn of. */
    if (until !== undefined) setMaxListeners(0, until);
    const done = (): void => {
      clearTimeout(timer);
      until?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    until?.addEventListener('abort', done, { once: true });
  });

export type RetryOptions = {
  /** Ends the trying: the last error is thrown. */
  readonly until: AbortSignal;
  readonly backoff?: Backoff;
  /** Called after each failure, before the pause. */
  readonly onAttempt?: (attempt: number, error: unknown) => void;
  /** Called before each new try, so that a waiting consumer keeps its place. */
  readonly heartbeat?: () => Promise<void>;
};

/** Tries without a limit until the operation succeeds, with growing pauses; throws its last error once aborted. */
export const retry = async <T>(operation: () => Promise<T>, options: RetryOptions): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await operation();
    } catch (error) {
      if (options.until.aborted) throw error;
      options.onAttempt?.(attempt, error);
      await pause(backoffMs(attempt, options.backoff), options.until);
      if (options.until.aborted) throw error;
      await options.heartbeat?.();
    }
  }
};
