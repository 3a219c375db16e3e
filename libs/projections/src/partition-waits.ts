import type { Phone } from '@stopcovid/contracts';
import type { Waiting } from './waiting';

/**
 * What one membership knows of the phones that wait on a partition. What was looked for counts only while the
 * partition is kept: whoever gets it next goes on from the committed offset.
 */
export class PartitionWaits {
  readonly #phones: Map<Phone, Waiting>;
  readonly #looked = new Map<Phone, number>();
  /** Whose document could not be read while the topic was read again for it. */
  readonly #failed = new Set<Phone>();
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

  /** Whether reading again came to nothing: it is tried once more after a while, not with the next batch. */
  hasFailed(phone: Phone): boolean {
    return this.#failed.has(phone);
  }

  /** The topic is read again for a phone, from behind this version on. */
  looks(phone: Phone, after: number): void {
    this.#failed.delete(phone);
    this.#looked.set(phone, after);
  }

  waits(waiting: Waiting): void {
    const { phone, because } = waiting;
    this.#phones.set(phone, waiting);
    if (this.#looked.delete(phone) && because === 'unreadable') this.#failed.add(phone);
  }

  /** What was looked for behind this very version is still being looked for. */
  goesOn(phone: Phone, version: number): void {
    this.#phones.delete(phone);
    this.#failed.delete(phone);
    if (this.#looked.get(phone) !== version) this.#looked.delete(phone);
  }
}
