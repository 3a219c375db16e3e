import type { Phone } from '@stopcovid/contracts';
import type { Gap } from '../progress/fold-batches';

/** What to do about a gap: look for the batch once more, or leave the phone where it is and raise the alarm. */
export type GapVerdict = 'lookAgain' | 'park' | 'parked';

type Look = { readonly after: number; readonly until: AbortSignal };

/**
 * Remembers which holes were looked for. The topic is kept for ever, so a hole found again after looking is really
 * there: that phone is parked, its projection stays as it was, and the others go on. A partition that is lost on the
 * way goes on from its committed offset, so that look counts for nothing.
 */
export class MissingBatches {
  readonly #looked = new Map<Phone, Look>();
  readonly #parked = new Set<Phone>();

  /**
   * `park` is said once per hole, when it turns out to be one; `parked` from then on. `until` aborts when the
   * partition is lost.
   */
  judge({ phone, after }: Pick<Gap, 'phone' | 'after'>, until: AbortSignal): GapVerdict {
    if (this.#parked.has(phone)) return 'parked';
    const look = this.#looked.get(phone);
    if (look?.after === after && !look.until.aborted) {
      this.#parked.add(phone);
      return 'park';
    }
    this.#looked.set(phone, { after, until });
    return 'lookAgain';
  }

  /** To be called for phones whose projection has moved on. */
  mended(phones: Iterable<Phone>): void {
    for (const phone of phones) {
      this.#looked.delete(phone);
      this.#parked.delete(phone);
    }
  }

  /** How many phones are parked. */
  get parked(): number {
    return this.#parked.size;
  }
}
