import type { pause } from '@stopcovid/runtime';
import { bytesOf, type Running } from './export';
import type { Exports } from './exports';

/** Why an attempt was broken off by itself: somebody else has the export, or it is gone; or there is no room left. */
export class BrokenOff extends Error {
  constructor(readonly because: 'lost' | 'no-room') {
    super(`an attempt at an export was broken off: ${because}`);
  }
}

export type AttemptParts = {
  readonly exports: Pick<Exports, 'save' | 'bytes'>;
  readonly now: () => Date;
  readonly pause: typeof pause;
  /** How often it is put on record how far it is, in milliseconds. */
  readonly beatMs: number;
  /** What all files may take up together. */
  readonly mostBytes: number;
};

/** Longer than many beats: who has not put anything on record for so long is gone. */
export const leaseMs = 60_000;

/** One attempt at an export, which keeps its claim as long as it goes on. */
export class Attempt {
  readonly #broken = new AbortController();
  readonly #over = new AbortController();
  readonly #beating: Promise<void>;
  #running: Running;
  #extent = { rows: 0, bytes: 0 };

  constructor(
    running: Running,
    private readonly parts: AttemptParts,
  ) {
    this.#running = running;
    this.#beating = this.#beat();
  }

  /** Aborted with BrokenOff, or with what the store threw. */
  get broken(): AbortSignal {
    return this.#broken.signal;
  }

  /** Notes how far it is, for the next beat. */
  readonly note = (extent: { readonly rows: number; readonly bytes: number }): void => {
    this.#extent = extent;
  };

  /** Keeps the claim no more; the export as it is on record then. */
  async end(): Promise<Running> {
    this.#over.abort();
    await this.#beating;
    return this.#running;
  }

  async #beat(): Promise<void> {
    const { parts } = this;
    try {
      while (!this.#over.signal.aborted) {
        await parts.pause(parts.beatMs, this.#over.signal);
        if (!this.#over.signal.aborted) await this.#tell();
      }
    } catch (error) {
      this.#broken.abort(error);
    }
  }

  async #tell(): Promise<void> {
    const { exports: exports_, now, mostBytes } = this.parts;
    const dueAt = new Date(now().getTime() + leaseMs);
    const standing = { ...this.#running.standing, ...this.#extent, dueAt };
    const saved = await exports_.save(this.#running, { ...this.#running, standing });
    if (saved === undefined) throw new BrokenOff('lost');
    this.#running = saved;
    if (bytesOf(saved) > 0 && (await exports_.bytes()) > mostBytes) throw new BrokenOff('no-room');
  }
}
