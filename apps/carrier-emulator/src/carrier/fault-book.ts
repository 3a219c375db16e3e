import type { CarrierSettings, PhoneFaults } from './faults';
import type { Address } from './message';

const phonesAtMost = 20_000;

/** The settings of the carrier, and those in which single phones differ from it. */
export class FaultBook {
  readonly #own = new Map<Address, Partial<PhoneFaults>>();

  constructor(private common: CarrierSettings) {}

  get settings(): CarrierSettings {
    return this.common;
  }

  change(settings: Partial<CarrierSettings>): void {
    this.common = { ...this.common, ...settings };
  }

  /** What holds for a phone: its own faults before those of all. */
  of(phone: Address | undefined): PhoneFaults {
    const own = phone === undefined ? undefined : this.#own.get(phone);
    return own ? { ...this.common, ...own } : this.common;
  }

  /** Only what was set for this very phone. */
  ownOf(phone: Address): Partial<PhoneFaults> {
    return this.#own.get(phone) ?? {};
  }

  /** Adds to a phone's own faults. Whether there was room: so many phones at most may differ. */
  changeOwn(phone: Address, faults: Partial<PhoneFaults>): boolean {
    if (!this.#own.has(phone) && this.#own.size >= phonesAtMost) return false;
    this.#own.set(phone, { ...this.#own.get(phone), ...faults });
    return true;
  }

  removeOwn(phone: Address): void {
    this.#own.delete(phone);
  }

  /** Whether anything at all is listed late: a list of thousands need not ask for each message then. */
  get listsLate(): boolean {
    return this.common.listLagMs > 0 || this.#own.size > 0;
  }
}
