import type { Phone } from '@stopcovid/contracts';
import { LatestMap } from '@stopcovid/runtime';
import type { Outbox } from '../outbox/outbox';
import { saved, type Found, type OutboxStore } from './outbox-store';

const most = 2_000;

/**
 * The outboxes that were read or written here last, as they were left. One may be behind the store, so it serves only
 * whoever goes on to write it: the compare-and-set finds out, and then it is forgotten.
 */
export class RecentOutboxes {
  readonly #known = new LatestMap<Phone, Outbox>(most);

  /** The store beneath; all that is read and written through the answer is remembered. */
  watched(store: OutboxStore): OutboxStore {
    return {
      ...store,
      load: async (phones) => this.#noted(await store.load(phones)),
      due: async (query) => this.#noted(await store.due(query)),
      save: (outboxes) => this.#save(store, outboxes),
    };
  }

  /** How this phone's was left, as far as is known. */
  of(phone: Phone): Outbox | undefined {
    return this.#known.get(phone);
  }

  #noted(found: Found): Found {
    for (const outbox of found.outboxes.values()) this.#known.set(outbox.phone, outbox);
    for (const phone of found.unreadable.keys()) this.#known.delete(phone);
    return found;
  }

  /** What was not surely written is not known any more, also when the answer is lost. */
  async #save({ save }: OutboxStore, outboxes: readonly Outbox[]): Promise<ReadonlySet<Phone>> {
    for (const { phone } of outboxes) this.#known.delete(phone);
    const conflicts = await save(outboxes);
    for (const outbox of outboxes)
      if (!conflicts.has(outbox.phone)) this.#known.set(outbox.phone, saved(outbox));
    return conflicts;
  }
}
