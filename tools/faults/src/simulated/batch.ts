import type { FaultKind } from './faults';
import type { Mutation } from './mutation';
import { mutations, type MutationName } from './mutations';
import { run } from './run';

/** Some runs in a row, by the numbers of their seeds. */
export type Batch = { readonly from: number; readonly runs: number; readonly mutation?: MutationName };

/** What some runs came to. `failed` is the first seed that broke something. */
export type Tally = {
  readonly runs: number;
  readonly steps: number;
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  readonly failed?: number;
};

/** Plays runs one after the other; stops at the first that breaks something. */
export const playBatch = async ({ from, runs, mutation }: Batch): Promise<Tally> => {
  const faults: Partial<Record<FaultKind, number>> = {};
  const broken: Mutation | undefined = mutation && mutations[mutation];
  let steps = 0;
  for (let played = 0; played < runs; played += 1) {
    const result = await run({ seed: from + played, traced: false, ...(broken && { mutation: broken }) });
    steps += result.steps;
    for (const { kind } of result.faults) faults[kind] = (faults[kind] ?? 0) + 1;
    if (result.problems.length > 0) return { runs: played + 1, steps, faults, failed: from + played };
  }
  return { runs, steps, faults };
};
