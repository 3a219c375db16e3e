import type { Chance } from './chance';

/** Everything that can go wrong, by name. */
export const faultKinds = [
  'refused',
  'partly',
  'answer lost',
  'answer late',
  'crash before effect',
  'crash after effect',
  'crash at rest',
  'rebalance',
  'zombie',
  'offsets set back',
  'late arrival',
  'clock jump',
  'release changes',
  'carrier throttles',
  'carrier silent',
  'carrier accepts silently',
  'carrier opts out',
  'carrier opts out late',
  'batch of a later release',
  'document spoiled',
  'list lags',
  'list unavailable',
] as const;
/** `records skipped` is played only where it is asked for. */
export type FaultKind = (typeof faultKinds)[number] | 'records skipped';

/** How likely each fault is where it could happen. */
const likelihoods: Readonly<Record<FaultKind, number>> = {
  refused: 0.02,
  partly: 0.02,
  'answer lost': 0.02,
  'answer late': 0.04,
  'crash before effect': 0.008,
  'crash after effect': 0.008,
  'crash at rest': 0.003,
  rebalance: 0.01,
  zombie: 0.5,
  'offsets set back': 0.2,
  'late arrival': 0.3,
  'records skipped': 0.1,
  'clock jump': 0.002,
  'release changes': 0.004,
  'carrier throttles': 0.05,
  'carrier silent': 0.04,
  'carrier accepts silently': 0.04,
  'carrier opts out': 0.01,
  'carrier opts out late': 0.01,
  'batch of a later release': 0.1,
  'document spoiled': 0.002,
  'list lags': 0.3,
  'list unavailable': 0.1,
};

/** Decides, one numbered decision after another, which faults happen. */
export class Faults {
  readonly happened: { readonly number: number; readonly kind: FaultKind }[] = [];
  #number = 0;
  #over = false;

  constructor(
    private readonly chance: Chance,
    /** The numbers of the decisions that may turn out badly; all of them unless given. */
    private readonly only?: ReadonlySet<number>,
  ) {}

  /** From now on all goes well. */
  end(): void {
    this.#over = true;
  }

  get over(): boolean {
    return this.#over;
  }

  /** Does this fault happen here? */
  strikes(kind: FaultKind): boolean {
    if (this.#over) return false;
    this.#number += 1;
    const bad = this.chance.next() < likelihoods[kind];
    if (!bad || (this.only && !this.only.has(this.#number))) return false;
    this.happened.push({ number: this.#number, kind });
    return true;
  }
}
