import type { Phone } from '@stopcovid/contracts';
import type { DocumentDifference } from './judge-phone';

/** Why a phone is named in the report; `unsettled`: the service wrote it each time that we looked. */
export type Finding = 'different' | 'missing' | 'unknown' | 'late' | 'hole' | 'unsettled';

/** What was found about one phone that is not as it should be. Versions are 0 where there is nothing; messages have none. */
export type PhoneReport = {
  readonly phone: Phone;
  readonly finding: Finding;
  readonly liveVersion?: number;
  readonly foldedVersion?: number;
  /** The next version that the topic has behind a hole. */
  readonly found?: number;
  readonly differences: readonly DocumentDifference[];
  /** The live documents are now what the topic says. */
  readonly replaced: boolean;
};

/** What a rebuild came to. */
export type RebuildTotals = {
  /** Batches, or records of the message log. */
  readonly batches: number;
  readonly unreadable: number;
  readonly same: number;
  readonly findings: Readonly<Record<Finding, number>>;
  readonly replaced: number;
  /** Shadows of earlier rebuilds that ended early. */
  readonly leftOvers: number;
  /** Whether the service's group has committed anything; otherwise all of the topic was folded. */
  readonly handled: boolean;
};

/** How far a rebuild is: records of the topic, then phones. */
export type RebuildProgress = {
  readonly stage: 'read' | 'compare';
  readonly done: number;
  readonly total: number;
};

/** What is counted while a rebuild runs. */
export class RebuildTally {
  #batches = 0;
  #unreadable = 0;
  #same = 0;
  #replaced = 0;
  readonly #findings: Record<Finding, number> = {
    different: 0,
    missing: 0,
    unknown: 0,
    late: 0,
    hole: 0,
    unsettled: 0,
  };

  read(slice: { readonly batches: number; readonly unreadable: number }): void {
    this.#batches += slice.batches;
    this.#unreadable += slice.unreadable;
  }

  same(phones: number): void {
    this.#same += phones;
  }

  found({ finding, replaced }: PhoneReport): void {
    this.#findings[finding] += 1;
    if (replaced) this.#replaced += 1;
  }

  /** How many phones were judged. */
  get judged(): number {
    return this.#same + Object.values(this.#findings).reduce((sum, count) => sum + count, 0);
  }

  totals(about: Pick<RebuildTotals, 'leftOvers' | 'handled'>): RebuildTotals {
    return {
      batches: this.#batches,
      unreadable: this.#unreadable,
      same: this.#same,
      findings: { ...this.#findings },
      replaced: this.#replaced,
      ...about,
    };
  }
}
