import { type Logger, pause } from '@stopcovid/runtime';
import type { Membership } from './assignment';
import type { CheckpointGuard } from './checkpoint-guard';

/** How long a partition that was made anew waits before it is judged again, in milliseconds. */
export const lookAgainMs = 5_000;

/** The partitions that stand still until an operator says that their topic was made anew on purpose. */
export class HaltedPartitions {
  readonly #reasons = new Map<string, string>();

  constructor(
    private readonly guard: CheckpointGuard,
    private readonly logger?: Logger,
  ) {}

  has(place: string): boolean {
    return this.#reasons.has(place);
  }

  halt(place: string, reason: string): void {
    const before = this.#reasons.get(place);
    this.#reasons.set(place, reason);
    if (before === reason) return;
    this.logger?.error({ alarm: 'topic-made-anew', place, reason }, 'a partition is stopped');
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
        const shorter = await this.guard.shorter(topics);
        const reasons = new Map(shorter.map(({ place, reason }) => [place, reason]));
        if (!until.aborted) this.#takeNoteOf(reasons, places);
      } catch (error) {
        this.logger?.debug({ err: error }, 'checkpoints not compared this time');
      }
      await pause(lookAgainMs, until);
    }
  }

  #takeNoteOf(shorter: ReadonlyMap<string, string>, ours: ReadonlySet<string>): void {
    for (const place of this.#reasons.keys()) if (!shorter.has(place)) this.goesOn(place);
    for (const [place, reason] of shorter) if (ours.has(place)) this.halt(place, reason);
  }
}
