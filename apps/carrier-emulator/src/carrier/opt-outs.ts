import type { Address } from './message';

const phonesAtMost = 200_000;

/** Who has texted STOP to a carrier that obeys it itself; beyond so many the oldest are forgotten first. */
export class OptOuts {
  readonly #phones = new Set<Address>();

  has(phone: Address): boolean {
    return this.#phones.has(phone);
  }

  add(phone: Address): void {
    this.#phones.add(phone);
    if (this.#phones.size <= phonesAtMost) return;
    const [oldest] = this.#phones;
    if (oldest !== undefined) this.#phones.delete(oldest);
  }

  delete(phone: Address): void {
    this.#phones.delete(phone);
  }
}
