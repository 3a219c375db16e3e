import type { Phone } from '@stopcovid/contracts';
import type { Waiting, WaitingPhones } from '@stopcovid/projections';

const missesSome = ({ because, unheard }: Waiting): boolean => because === 'unreadable' || unheard === true;

/**
 * The record of who waits, and a memory of who of them misses some: a phone whose document could not be read and has not
 * caught up since. An opt-out may be among what it misses, so nothing is sent to it. Who waits for a missing batch is not
 * behind: of what came behind it the consent was heard.
 */
export class BehindPhones implements WaitingPhones {
  readonly #behind = new Map<Phone, number>();

  constructor(private readonly record: WaitingPhones) {}

  /** As far as was heard here: of partitions whose record was asked for, all. */
  has(phone: Phone): boolean {
    return this.#behind.has(phone);
  }

  async of(partition: number): Promise<readonly Waiting[]> {
    const waiting = await this.record.of(partition);
    for (const [phone, on] of this.#behind) if (on === partition) this.#behind.delete(phone);
    waiting.forEach((each) => this.#hear(each));
    return waiting;
  }

  async find(phones: readonly Phone[]): Promise<ReadonlyMap<Phone, Waiting>> {
    const found = await this.record.find(phones);
    for (const phone of phones) if (!found.has(phone)) this.#behind.delete(phone);
    found.forEach((each) => this.#hear(each));
    return found;
  }

  /** Whoever may be on record counts as being on it: the answer may be lost. */
  async keep(waiting: readonly Waiting[]): Promise<void> {
    for (const each of waiting) if (missesSome(each)) this.#hear(each);
    await this.record.keep(waiting);
    waiting.forEach((each) => this.#hear(each));
  }

  async forget(phones: readonly Phone[]): Promise<void> {
    await this.record.forget(phones);
    for (const phone of phones) this.#behind.delete(phone);
  }

  #hear(waiting: Waiting): void {
    if (missesSome(waiting)) this.#behind.set(waiting.phone, waiting.partition);
    else this.#behind.delete(waiting.phone);
  }
}
