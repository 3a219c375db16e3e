const grainMs = 50;

/** Times at which something is to be looked at, in milliseconds since 1970, rounded up to a twentieth of a second. */
export class Agenda {
  readonly #times = new Set<number>();

  note(at: number): void {
    this.#times.add(Math.ceil(at / grainMs) * grainMs);
  }

  /** How long there is nothing to look at, `most` at the most. What has passed is forgotten. */
  untilNext(now: number, most: number): number {
    let next = now + most;
    for (const at of this.#times) {
      if (at <= now) this.#times.delete(at);
      else next = Math.min(next, at);
    }
    return next - now;
  }
}
