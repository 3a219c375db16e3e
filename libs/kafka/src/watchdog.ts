import type { HealthState } from '@stopcovid/runtime';

/** After how long without any sign a consumer counts as stalled, in milliseconds. */
export type WatchdogLimits = { readonly silenceMs: number; readonly handlerMs: number };

export const usualLimits: WatchdogLimits = { silenceMs: 120_000, handlerMs: 300_000 };

/** Tells a consumer that lives, even one whose broker is away, from one that hangs, crashed or has a stuck handler. */
export class Watchdog {
  readonly #handlers = new Map<symbol, { readonly place: string; readonly since: number }>();
  #lastSign: number;
  #crash: string | undefined;

  constructor(
    private readonly limits: WatchdogLimits = usualLimits,
    private readonly now: () => number = Date.now,
  ) {
    this.#lastSign = now();
  }

  /** Something happened: an answer, an error, a new try. */
  sign(): void {
    this.#lastSign = this.now();
  }

  crashed(reason: string): void {
    this.#crash = reason;
  }

  /** A handler begins; the function that comes back ends it. */
  handling(place: string): () => void {
    const id = Symbol(place);
    this.#handlers.set(id, { place, since: this.now() });
    return () => {
      this.#handlers.delete(id);
      this.sign();
    };
  }

  isStuck(since: number): boolean {
    return this.now() - since > this.limits.handlerMs;
  }

  state(): HealthState {
    if (this.#crash !== undefined) return { up: false, detail: `the consumer crashed: ${this.#crash}` };
    const stuck = [...this.#handlers.values()].find(({ since }) => this.isStuck(since));
    if (stuck) return { up: false, detail: `the handler of ${stuck.place} does not end` };
    const silent = this.now() - this.#lastSign;
    if (silent > this.limits.silenceMs)
      return { up: false, detail: `no sign of life for ${Math.round(silent / 1_000)} s` };
    return { up: true };
  }
}
