import { type Logger, pause } from '@stopcovid/runtime';
import type { Membership } from './assignment';
import type { CheckpointGuard, MustHalt } from './checkpoint-guard';

/** How long a partition that stands still waits before it is judged again, in milliseconds. */
export const lookAgainMs = 5_000;

/** The partitions that stand still until an operator has said that their topic was made anew, or made their database whole. */
export class HaltedPartitions {
  readonly #reasons = new Map<string, string>();
  #lookedAt: ReadonlySet<string> = new Set();

  constructor(
    private readonly guard: CheckpointGuard,
    private readonly logger?: Logger,
  ) {}

  has(place: string): boolean {
    return this.#reasons.has(place);
  }

  /** Whether a place was looked at and nothing is wrong with it: nothing of it may be done before. */
  isClear(place: string): boolean {
    return !this.guard.compares || (this.#lookedAt.has(place) && !this.has(place));
  }

  halt({ place, alarm, reason }: MustHalt): void {
    const before = this.#reasons.get(place);
    this.#reasons.set(place, reason);
    if (before === reason) return;
    this.logger?.error({ alarm, place, reason }, 'a partition is stopped');
  }

  goesOn(place: string): void {
    this.#reasons.delete(place);
  }

  /** What health says of each of them. */
  said(): readonly string[] {
    return [...this.#reasons].map(([place, reason]) => `${place} ${reason}`);
  }

  /** Looks again and again while the membership lasts: a topic may be made anew while nothing is read from it. */
  async watch(topics: readonly string[], { places, waits: until }: Membership): Promise<void> {
    while (this.guard.compares && !until.aborted) {
      try {
        const found = [...(await this.guard.shorter(topics)), ...(await this.guard.older(topics))];
        if (!until.aborted) this.#takeNoteOf(found, places);
      } catch (error) {
        this.logger?.debug({ err: error }, 'checkpoints not compared this time');
      }
      await pause(lookAgainMs, until);
    }
  }

  #takeNoteOf(found: readonly MustHalt[], ours: ReadonlySet<string>): void {
    const halted = new Set(found.map(({ place }) => place));
    for (const place of this.#reasons.keys()) if (!halted.has(place)) this.goesOn(place);
    for (const each of found) if (ours.has(each.place)) this.halt(each);
    this.#lookedAt = ours;
  }
}
