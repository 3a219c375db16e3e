import type { RunFigures } from '../figures/run-figures';
import { figuresWithin } from '../figures/figures-within';
import { Attempt, BrokenOff, leaseMs, type AttemptParts } from './attempt';
import type { Export, Failure, Ready, Running, Standing } from './export';
import type { ExportChunks } from './export-chunks';
import type { Exports } from './exports';
import { fileOf } from './list-query';
import { writeExport, type Written } from './write-export';

export type ExporterParts = Omit<AttemptParts, 'exports'> & {
  readonly exports: Exports;
  readonly chunks: ExportChunks;
  readonly figures: RunFigures;
  /** How often it is looked at what has been asked for, in milliseconds. */
  readonly everyMs: number;
  /** A text that no other attempt has. */
  readonly newClaim: () => string;
  /** Tells webhooks that an export is ready; doing it again changes nothing. Left out where there are none. */
  readonly tell?: (ready: Ready) => Promise<void>;
  readonly onMade: (ready: Ready) => void;
  readonly onFailed: (failed: Export, because: Failure) => void;
  /** Told of an attempt that broke off, and of looks at which the store could not be reached. */
  readonly onTrouble: (error: unknown) => void;
};

const mostAttempts = 3;
const restMs = 10_000;

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
const attemptsOf = ({ standing }: Export): number => ('attempts' in standing ? standing.attempts : 0);

/** Makes the exports that were asked for, one at a time, each by whoever claims it first; removes the files of old ones. */
export class Exporter {
  readonly #stopping = new AbortController();
  #resting = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(private readonly parts: ExporterParts) {}

  /** Starts looking; a second call changes nothing. */
  start(): void {
    this.#loop ??= this.#serve();
  }

  /** Looks at once. */
  wake(): void {
    this.#resting.abort();
  }

  /** Takes nothing more, and resolves when what is under way was put back. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#resting.abort();
    await this.#loop;
  }

  /** One look at what there is to do. True when an attempt was made. */
  async look(): Promise<boolean> {
    await this.#removeOld();
    await this.#tellOfReady();
    const due = await this.parts.exports.due(this.parts.now());
    if (due === undefined) return false;
    await this.#take(due);
    return true;
  }

  async #serve(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.#resting = new AbortController();
      const isBusy = await this.look().catch((error: unknown) => this.parts.onTrouble(error));
      if (isBusy !== true && !signal.aborted)
        await this.parts.pause(this.parts.everyMs, this.#resting.signal);
    }
  }

  async #removeOld(): Promise<void> {
    const { exports: exports_, chunks, now } = this.parts;
    for (const old of await exports_.expired(now())) {
      await chunks.removeOf(old.id);
      await exports_.save(old, { ...old, standing: { state: 'expired' } });
    }
  }

  async #tellOfReady(): Promise<void> {
    const { exports: exports_, tell } = this.parts;
    if (tell === undefined) return;
    for (const ready of await exports_.untold()) {
      await tell(ready);
      await exports_.save(ready, { ...ready, standing: { ...ready.standing, told: true } });
    }
  }

  async #take(due: Export): Promise<void> {
    const attempts = attemptsOf(due) + 1;
    if (attempts > mostAttempts) return this.#fail(due, 'broke-off');
    const startedAt = this.parts.now();
    const standing: Running['standing'] = {
      ...{ state: 'running', attempts, startedAt, dueAt: later(startedAt, leaseMs) },
      ...{ claim: this.parts.newClaim(), rows: 0, bytes: 0 },
    };
    const running = await this.parts.exports.save(due, { ...due, standing });
    if (running !== undefined) await this.#try(running);
  }

  async #try(running: Running): Promise<void> {
    const attempt = new Attempt(running, this.parts);
    try {
      const written = await this.#write(running, attempt);
      await this.#finish(await attempt.end(), written);
    } catch (error) {
      await this.#giveUp(await attempt.end(), error);
    }
  }

  async #write(running: Running, { broken, note }: Attempt): Promise<Written> {
    const { figures, chunks, now } = this.parts;
    const makeFile = await fileOf(running.list, running.query);
    const source = { figures: figuresWithin(figures, running.employers), asOf: now() };
    const mayGoOn = (): void => {
      broken.throwIfAborted();
      this.#stopping.signal.throwIfAborted();
    };
    return writeExport(running, await makeFile(source, running.file), { chunks, onProgress: note, mayGoOn });
  }

  async #finish(running: Running, written: Written): Promise<void> {
    const { exports: exports_, chunks, now } = this.parts;
    const { claim, startedAt } = running.standing;
    const standing: Ready['standing'] = {
      ...{ state: 'ready', claim, startedAt, endedAt: now(), told: false },
      ...written,
    };
    const ready = await exports_.save(running, { ...running, standing });
    if (ready === undefined) throw new BrokenOff('lost');
    await chunks.removeOf(running.id, claim);
    this.parts.onMade(ready);
  }

  async #giveUp(running: Running, error: unknown): Promise<void> {
    const because = error instanceof BrokenOff ? error.because : 'trouble';
    if (because === 'no-room') await this.#fail(running, 'no-room');
    else if (because === 'trouble') await this.#putBack(running, error);
    await this.parts.chunks.removeAttempt(running.id, running.standing.claim);
  }

  async #putBack(running: Running, error: unknown): Promise<void> {
    const { attempts } = running.standing;
    const now = this.parts.now();
    const isStopped = this.#stopping.signal.aborted;
    if (!isStopped) this.parts.onTrouble(error);
    if (!isStopped && attempts >= mostAttempts) return this.#fail(running, 'broke-off');
    const standing: Standing = isStopped
      ? { state: 'queued', attempts: attempts - 1, dueAt: now }
      : { state: 'queued', attempts, dueAt: later(now, restMs * attempts) };
    await this.parts.exports.save(running, { ...running, standing });
  }

  async #fail(export_: Export, because: Failure): Promise<void> {
    const { exports: exports_, chunks, now, onFailed } = this.parts;
    const standing: Standing = { state: 'failed', endedAt: now(), because };
    const failed = await exports_.save(export_, { ...export_, standing });
    if (failed === undefined) return;
    await chunks.removeOf(failed.id);
    onFailed(failed, because);
  }
}
