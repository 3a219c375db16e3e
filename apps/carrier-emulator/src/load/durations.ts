const stepsPerDoubling = 8;
const mostSteps = 30 * stepsPerDoubling;

/** How a long row of durations is spread, in memory that does not grow: each is counted within 9 %. */
export class Durations {
  readonly #counts = new Uint32Array(mostSteps);
  #total = 0;
  #longest = 0;

  add(ms: number): void {
    const step = Math.ceil(Math.log2(Math.max(1, ms)) * stepsPerDoubling);
    const index = Math.min(mostSteps - 1, step);
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#total += 1;
    this.#longest = Math.max(this.#longest, ms);
  }

  get longest(): number | null {
    return this.#total === 0 ? null : Math.round(this.#longest);
  }

  /** A duration that this share of all is not above, or nothing when there was none. */
  atMost(share: number): number | null {
    if (this.#total === 0) return null;
    let left = Math.ceil(this.#total * share);
    const step = this.#counts.findIndex((count) => (left -= count) <= 0);
    return Math.round(Math.min(this.#longest, 2 ** (step / stepsPerDoubling)));
  }
}
