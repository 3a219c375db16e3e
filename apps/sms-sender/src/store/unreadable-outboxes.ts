import type { Phone } from '@stopcovid/contracts';
import { unreadablePauseMs, type Found, type OutboxStore } from './outbox-store';

export type UnreadableParts = {
  readonly now: () => number;
  /** A document was found that cannot be read, for the first time in a while. */
  readonly onUnreadable: (phone: Phone, reason: string) => void;
};

const keptMs = 3 * unreadablePauseMs;
const mostKept = 10_000;

/** Notices the documents that the store cannot read, so that somebody can be told while the others go on. */
export class UnreadableOutboxes {
  readonly #seenAt = new Map<Phone, number>();

  constructor(private readonly parts: UnreadableParts) {}

  /** How many were met lately. */
  get count(): number {
    const oldest = this.parts.now() - keptMs;
    for (const [phone, at] of this.#seenAt) if (at < oldest) this.#seenAt.delete(phone);
    return this.#seenAt.size;
  }

  /** The same store, watched. */
  watched(store: OutboxStore): OutboxStore {
    return {
      ...store,
      load: async (phones) => this.#noted(await store.load(phones)),
      due: async (query) => this.#noted(await store.due(query)),
    };
  }

  #noted(found: Found): Found {
    for (const phone of found.outboxes.keys()) this.#seenAt.delete(phone);
    for (const [phone, reason] of found.unreadable) this.#note(phone, reason);
    return found;
  }

  #note(phone: Phone, reason: string): void {
    const { now, onUnreadable } = this.parts;
    const before = this.#seenAt.get(phone);
    if (before === undefined || before < now() - keptMs) onUnreadable(phone, reason);
    if (before !== undefined || this.#seenAt.size < mostKept) this.#seenAt.set(phone, now());
  }
}
