import type { Phone } from '@stopcovid/contracts';
import type { Waiting } from './waiting';

/**
 * What one membership knows of the phones that wait on a partition. What was looked for counts only while the
 * partition is kept: whoever gets it next goes on from the committed offset.
 */
export class PartitionWaits {
  readonly #phones: Map<Phone, Waiting>;
  readonly #looked = new Map<Phone, number>();
  /** When documents that could not be read were last looked at, in milliseconds since 1970. */
  lookedAt: number;

  constructor(
    waiting: readonly Waiting[],
    private readonly about: { readonly until: AbortSignal; readonly at: number },
  ) {
    this.#phones = new Map(waiting.map((each) => [each.phone, each]));
    this.lookedAt = about.at;
  }

  get ended(): boolean {
    return this.about.until.aborted;
  }

  get all(): readonly Waiting[] {
    return [...this.#phones.values()];
  }

  of(phone: Phone): Waiting | undefined {
    return this.#phones.get(phone);
  }

  lookedAfter(phone: Phone): number | undefined {
    return this.#looked.get(phone);
  }

  /** The topic is read again for a phone, from behind this version on. */
  looks(phone: Phone, after: number): void {
    this.#looked.set(phone, after);
  }

  waits(waiting: Waiting): void {
    this.#phones.set(waiting.phone, waiting);
    this.#looked.delete(waiting.phone);
  }

  /** What was looked for behind this very version is still being looked for. */
  goesOn(phone: Phone, version: number): void {
    this.#phones.delete(phone);
    if (this.#looked.get(phone) !== version) this.#looked.delete(phone);
  }
}
