import type { Phone } from '@stopcovid/contracts';
import type { Gap } from './fold-batches';

/** What to do about a gap: look for the batch once more, or leave the phone where it is and raise the alarm. */
export type GapVerdict = 'lookAgain' | 'park';

/**
 * Remembers which holes were looked for. The topic is kept for ever, so a hole found again after looking is really
 * there: that phone is parked, its projection stays as it was, and the others go on.
 */
export class MissingBatches {
  readonly #looked = new Map<Phone, number>();
  readonly #parked = new Map<Phone, Gap>();

  judge(gap: Gap): GapVerdict {
    if (this.#parked.has(gap.phone)) return 'park';
    if (this.#looked.get(gap.phone) !== gap.after) {
      this.#looked.set(gap.phone, gap.after);
      return 'lookAgain';
    }
    this.#parked.set(gap.phone, gap);
    return 'park';
  }

  /** To be called for phones whose batches follow one another again. */
  mended(phones: Iterable<Phone>): void {
    if (this.#looked.size === 0) return;
    for (const phone of phones) {
      this.#looked.delete(phone);
      this.#parked.delete(phone);
    }
  }

  isParked(phone: Phone): boolean {
    return this.#parked.has(phone);
  }

  get parked(): number {
    return this.#parked.size;
  }
}
