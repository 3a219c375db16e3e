import type { pause } from '@stopcovid/runtime';
import { optOutsOf, type Announce } from './announce';
import { saved, type OutboxStore } from '../store/outbox-store';
import { announced, notAnnounced, type DeliveryPolicy } from '../outbox/deliver';
import { settledOf, type Outbox, type OutboxItem } from '../outbox/outbox';

/** A change of one phone's outbox, decided from whatever is stored by the time it is written. */
export type Change = { readonly base: Outbox; readonly apply: (outbox: Outbox) => Outbox };

type Waiting = Change & { readonly done: () => void };
export type SettlerParts = {
  readonly store: Pick<OutboxStore, 'load' | 'save'>;
  readonly announce: Announce;
  readonly policy: DeliveryPolicy;
  readonly now: () => number;
  readonly pause: typeof pause;
  readonly onAnnounced: (item: OutboxItem, of: Outbox) => void;
  readonly onTrouble: (error: unknown) => void;
  /** Ends the waiting for a store that is away. */
  readonly until: AbortSignal;
};

const retryPauseMs = 250;
/** How long a settled text waits for others, in milliseconds: the phone's next one has its pause anyway. */
const gatherMs = 25;
/** So many need not wait for more. */
const many = 16;
/* Without a reason of ours an error with its stack is made for each. */
const isEnough = 'enough';

/**
 * Writes what became of the texts: all that come in within some milliseconds, or while the last write was under way, go
 * into one publish and one bulk write. A text leaves its document only when the log has it. A store that is away is
 * waited for.
 */
export class Settler {
  #waiting: Waiting[] = [];
  #flushing = false;
  #enough: (() => void) | undefined;

  constructor(private readonly parts: SettlerParts) {}

  /** Resolves when the change is stored, or given up because the process ends: the claim's age then tells the next owner. */
  store(change: Change): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push({ ...change, done });
      if (this.#waiting.length >= many) this.#enough?.();
      if (!this.#flushing) void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    this.#flushing = true;
    let again: readonly Waiting[] = [];
    while (again.length > 0 || this.#waiting.length > 0) {
      if (again.length === 0) await this.#gather();
      const batch = [...again, ...this.#waiting];
      this.#waiting = [];
      again = await this.#write(batch).catch((error: unknown) => this.#recover(batch, error));
    }
    this.#flushing = false;
  }

  async #gather(): Promise<void> {
    if (this.#waiting.length >= many || this.parts.until.aborted) return;
    const gathering = new AbortController();
    this.#enough = () => gathering.abort(isEnough);
    await this.parts.pause(gatherMs, gathering.signal);
    this.#enough = undefined;
  }

  async #recover(batch: readonly Waiting[], error: unknown): Promise<readonly Waiting[]> {
    this.parts.onTrouble(error);
    if (this.parts.until.aborted) {
      batch.forEach(({ done }) => done());
      return [];
    }
    await this.parts.pause(retryPauseMs, this.parts.until);
    return this.#reread(batch).catch(() => batch);
  }

  /** One attempt. Answers what somebody else changed meanwhile, read again. */
  async #write(all: readonly Waiting[]): Promise<readonly Waiting[]> {
    const { batch, overtaken } = await this.#keepOptOuts(all);
    return [...overtaken, ...(await this.#announceAndSave(batch))];
  }

  /**
   * What tells the dialog of an opt-out is stored before it is told: the trainee may have opted in while the call was
   * under way, and then there is nothing to tell. Told twice is harmless, told wrongly is not.
   */
  async #keepOptOuts(
    all: readonly Waiting[],
  ): Promise<{ batch: readonly Waiting[]; overtaken: readonly Waiting[] }> {
    const applied = all.map((change) => ({ change, outbox: change.apply(change.base) }));
    const telling = applied.filter(({ outbox }) => optOutsOf(outbox).length > 0);
    if (telling.length === 0) return { batch: all, overtaken: [] };
    const conflicts = await this.parts.store.save(telling.map(({ outbox }) => outbox));
    const lost = telling.filter(({ outbox }) => conflicts.has(outbox.phone)).map(({ change }) => change);
    const kept = telling
      .filter(({ outbox }) => !conflicts.has(outbox.phone))
      .map(({ change, outbox }) => ({ ...change, base: saved(outbox), apply: (same: Outbox) => same }));
    const others = all.filter(({ base }) => !telling.some(({ outbox }) => outbox.phone === base.phone));
    return { batch: [...others, ...kept], overtaken: await this.#rereadOrWait(lost) };
  }

  async #announceAndSave(batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    if (batch.length === 0) return [];
    const applied = batch.map(({ base, apply }) => apply(base));
    const next = await this.#announceAll(applied);
    const conflicts = await this.parts.store.save(next);
    const lost = batch.filter(({ base }) => conflicts.has(base.phone));
    const written = batch.filter(({ base }) => !conflicts.has(base.phone));
    applied.forEach((outbox, index) => {
      if (!conflicts.has(outbox.phone)) this.#report(outbox, next[index]);
    });
    written.forEach(({ done }) => done());
    return this.#rereadOrWait(lost);
  }

  async #rereadOrWait(lost: readonly Waiting[]): Promise<readonly Waiting[]> {
    return lost.length > 0 ? this.#reread(lost).catch((error: unknown) => this.#recover(lost, error)) : [];
  }

  async #announceAll(outboxes: readonly Outbox[]): Promise<readonly Outbox[]> {
    const { announce, now, policy } = this.parts;
    if (!(await announce(outboxes)))
      return outboxes.map((outbox) => notAnnounced(outbox, { at: now(), policy }));
    return outboxes.map((outbox) => announced(outbox, new Set(settledOf(outbox).map(({ id }) => id))));
  }

  #report(before: Outbox, after: Outbox | undefined): void {
    const left = new Set(after?.pending.map(({ id }) => id));
    before.pending.filter(({ id }) => !left.has(id)).forEach((item) => this.parts.onAnnounced(item, before));
  }

  async #reread(changes: readonly Waiting[]): Promise<readonly Waiting[]> {
    const stored = await this.parts.store.load(changes.map(({ base }) => base.phone));
    return changes.flatMap((change) => {
      const base = stored.outboxes.get(change.base.phone);
      if (!base) change.done();
      return base ? [{ ...change, base }] : [];
    });
  }
}
