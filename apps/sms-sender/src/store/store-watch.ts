import { isMongoOutage } from '@stopcovid/mongo';
import { type HealthState, type pause, within } from '@stopcovid/runtime';
import type { WaitingPhones } from '@stopcovid/projections';
import type { OutboxStore } from './outbox-store';

export type StoreWatchParts = {
  readonly now: () => number;
  /** Does the store answer somebody who comes anew? Never throws. */
  readonly answersAnew: () => Promise<boolean>;
  /** How time passes. */
  readonly pause: typeof pause;
};

/** The caller goes on without the answer; the call itself may still be under way. */
export class StoreSilent extends Error {
  override readonly name = 'StoreSilent';
}

const silent = (): never => {
  throw new StoreSilent('the store did not answer in time');
};

/** Longer than any time limit of the driver's. What was written late meets the next write as a conflict. */
const giveUpMs = 60_000;
/** A call that has not ended by then never will. */
const hangingMs = 5 * 60_000;
/** A store that is away for less is nothing to ask others about. */
const failingMs = 2 * 60_000;
const askAgainMs = 30_000;

/** The store is away, or does not answer: waiting and asking again helps. */
export const isStoreOutage = (error: unknown): boolean =>
  error instanceof StoreSilent || isMongoOutage(error);

/**
 * Tells a store that is away, which is waited for, from a way to it that is broken within this process, which only a
 * new process mends: a call that never ends, or a store that answers everybody but us.
 */
export class StoreWatch {
  readonly #calls = new Map<number, number>();
  #callNumber = 0;
  #failingSince: number | undefined;
  #askedAt = -Infinity;
  /** The failure during which the store answered somebody else. */
  #answeredOthers: number | undefined;

  constructor(private readonly parts: StoreWatchParts) {}

  /** The same store, watched. */
  watched(store: OutboxStore): OutboxStore {
    return {
      load: (phones) => this.#during(() => store.load(phones)),
      save: (outboxes) => this.#during(() => store.save(outboxes)),
      putOff: (phones, until) => this.#during(() => store.putOff(phones, until)),
      due: (query) => this.#during(() => store.due(query)),
      waiting: (query) => this.#during(() => store.waiting(query)),
    };
  }

  /** The same record of who waits, watched. */
  watchedRecord(waiting: WaitingPhones): WaitingPhones {
    return {
      of: (partition) => this.#during(() => waiting.of(partition)),
      find: (phones) => this.#during(() => waiting.find(phones)),
      keep: (phones) => this.#during(() => waiting.keep(phones)),
      forget: (phones) => this.#during(() => waiting.forget(phones)),
    };
  }

  /** Is this process's way to the store worth keeping? */
  check(): HealthState {
    const { now } = this.parts;
    if (now() - Math.min(now(), ...this.#calls.values()) > hangingMs)
      return { up: false, detail: 'a call to the store does not end' };
    return this.#answersOthersOnly()
      ? { up: false, detail: 'the store answers others, but not this process' }
      : { up: true };
  }

  /** Asking takes longer than a health check may: the answer counts from the next check on. */
  #answersOthersOnly(): boolean {
    const { now, answersAnew } = this.parts;
    const since = this.#failingSince;
    if (since === undefined || now() - since < failingMs) return false;
    if (now() - this.#askedAt >= askAgainMs) {
      this.#askedAt = now();
      void answersAnew().then((answers) => (this.#answeredOthers = answers ? since : undefined));
    }
    return this.#answeredOthers === since;
  }

  async #during<T>(call: () => Promise<T>): Promise<T> {
    try {
      const result = await within(this.#counted(call), (until) => this.parts.pause(giveUpMs, until), silent);
      this.#failingSince = undefined;
      return result;
    } catch (error) {
      if (isStoreOutage(error)) this.#failingSince ??= this.parts.now();
      else this.#failingSince = undefined;
      throw error;
    }
  }

  async #counted<T>(call: () => Promise<T>): Promise<T> {
    const number = (this.#callNumber += 1);
    this.#calls.set(number, this.parts.now());
    try {
      return await call();
    } finally {
      this.#calls.delete(number);
    }
  }
}
