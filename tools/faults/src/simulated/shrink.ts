import type { Mutation } from './mutation';
import { run } from './run';
import type { RunOptions, RunResult } from './run-result';

/** A failing run with as little in it as was found. */
export type Shrunk = {
  readonly records: number;
  readonly faults: readonly number[];
  readonly result: RunResult;
  readonly tries: number;
};

type Candidate = { readonly records: number; readonly faults: readonly number[] };

const mostTries = 400;

/**
 * Leaves out records from the end and faults one by one, as long as the run still goes wrong. Leaving one out changes
 * what happens afterwards, so the result is small, not the smallest.
 */
export const shrink = async (seed: number, mutation?: Mutation): Promise<Shrunk> => {
  const base: RunOptions = { seed, traced: true, ...(mutation && { mutation }) };
  let tries = 0;
  const attempt = async ({ records, faults }: Candidate): Promise<RunResult | undefined> => {
    tries += 1;
    const result = await run({ ...base, records, onlyFaults: new Set(faults) });
    return result.problems.length > 0 ? result : undefined;
  };
  const whole = await run(base);
  let best: Candidate = { records: whole.records, faults: whole.faults.map(({ number }) => number) };
  let result = (await attempt(best)) ?? whole;
  for (const candidate of candidates(() => best)) {
    if (tries >= mostTries) break;
    const smaller = await attempt(candidate);
    if (!smaller) continue;
    result = smaller;
    best = { records: candidate.records, faults: smaller.faults.map(({ number }) => number) };
  }
  return { ...best, result, tries };
};

/** Smaller and smaller runs to try, from halves down to single faults and records, while that still changes anything. */
const candidates = function* (best: () => Candidate): Generator<Candidate> {
  for (let size = Infinity; size !== sizeOf(best());) {
    size = sizeOf(best());
    for (let portion = Math.ceil(best().faults.length / 2); portion >= 1; portion = Math.floor(portion / 2))
      for (let from = 0; from < best().faults.length; from += portion)
        yield {
          ...best(),
          faults: best().faults.filter((_, index) => index < from || index >= from + portion),
        };
    for (let portion = Math.ceil(best().records / 2); portion >= 1; portion = Math.floor(portion / 2))
      yield { ...best(), records: best().records - portion };
  }
};

const sizeOf = ({ records, faults }: Candidate): number => records + faults.length;
