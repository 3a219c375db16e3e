/** A bucket of tokens: so many per second, with one second's worth at once. */
export class RateLimit {
  #tokens = Number.POSITIVE_INFINITY;
  #filledAt = 0;

  /** Whether one more is allowed now; 0 per second means that there is no limit. */
  take(perSecond: number, nowMs: number): boolean {
    const most = Math.max(1, perSecond);
    this.#tokens = Math.min(most, this.#tokens + ((nowMs - this.#filledAt) / 1_000) * perSecond);
    this.#filledAt = nowMs;
    if (perSecond === 0) return true;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
