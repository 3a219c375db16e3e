import { performance, type EventLoopUtilization } from 'node:perf_hooks';
import { pause } from '@stopcovid/runtime';

/** How long records gather from one fetch to the next where a process is busy all the time, in milliseconds. */
const longestGatherMs = 100;

/** Over how long it is looked at how busy the process is, in milliseconds. */
const lookMs = 250;

export type PaceParts = {
  /** Milliseconds of any clock that never goes back. */
  readonly now: () => number;
  /** The part of the time, 0 to 1, that the process was busy since it was asked last. */
  readonly utilization: () => number;
};

const measured = (): (() => number) => {
  let before: EventLoopUtilization = performance.eventLoopUtilization();
  return () => {
    const since = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(since, before);
    before = since;
    return utilization;
  };
};

/**
 * How soon a fetch follows another: at once where the process rests, later the less it does. What a fetch and its slices
 * cost hardly depends on how many records they have, so whoever is busy does more by letting some gather; nobody does who
 * has time.
 */
export class FetchPace {
  readonly #parts: PaceParts;
  #fetchedAt = -Infinity;
  #lookedAt: number;
  #utilization = 0;

  constructor(parts: PaceParts = { now: () => performance.now(), utilization: measured() }) {
    this.#parts = parts;
    this.#lookedAt = parts.now();
  }

  /** A fetch has come back. */
  fetched(): void {
    const { now, utilization } = this.#parts;
    this.#fetchedAt = now();
    if (this.#fetchedAt - this.#lookedAt < lookMs) return;
    this.#lookedAt = this.#fetchedAt;
    this.#utilization = utilization();
  }

  /** How long the next one is to wait from now on, in milliseconds. */
  leftMs(): number {
    return Math.max(0, this.#fetchedAt + this.#utilization * longestGatherMs - this.#parts.now());
  }

  /** Resolves when the next fetch may leave, or the signal aborts. */
  async rest(signal: AbortSignal): Promise<void> {
    const ms = this.leftMs();
    if (ms >= 1) await pause(ms, signal);
  }
}
