import type { Violation } from '../invariants';
import type { FaultKind } from './faults';
import type { Mutation } from './mutation';
import type { WorldOptions } from './world';

export type RunOptions = WorldOptions & {
  readonly mutation?: Mutation;
  /** Only so many of the seed's records are written; all unless given. */
  readonly records?: number;
};

export type Problem = Violation | { readonly invariant: 'liveness' | 'I10'; readonly detail: string };

/** What a run came to. `faults` are the decisions that turned out badly. */
export type RunResult = {
  readonly problems: readonly Problem[];
  readonly faults: readonly { readonly number: number; readonly kind: FaultKind }[];
  readonly steps: number;
  readonly records: number;
  readonly trace: readonly string[];
};
