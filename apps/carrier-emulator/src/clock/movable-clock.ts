import type { WallClock } from '@stopcovid/runtime';

/** This machine's clock, ahead of itself by as much as it was moved: forward alone. */
export class MovableClock implements WallClock {
  #aheadMs = 0;

  readonly now = (): number => Date.now() + this.#aheadMs;
  readonly pulse = (): number => performance.now() + this.#aheadMs;

  /** Moves it to an instant. False, and nothing moved, where that is past. */
  moveTo(at: number): boolean {
    const byMs = at - this.now();
    if (byMs < 0) return false;
    this.#aheadMs += byMs;
    return true;
  }
}
