import { completionOf, rate, type Completion, type Rate } from '@stopcovid/statistics';
import { inLines, keysFor, type Grouping, type Line } from './lines';
import { fullPoints } from './ratings';
import { addRunCounts } from './run-facts';
import type { RunCounts, RunFigures, RunFilter } from './run-figures';

/** The mean score (0 to 1) of so many completed runs with graded prompts; `null` without any. */
export type MeanScore = { readonly of: number; readonly mean: number | null };

/** How far runs came, and how well. `passed` is of the completed runs with a pass mark. */
export type CompletionFigures = Completion & { readonly passed: Rate; readonly score: MeanScore };

/** One line: the group that it is of, and what became of its runs. */
export type CompletionLine = { readonly group: Line } & CompletionFigures;

/** `total` counts each run once, also where one is in several lines for its labels. */
export type CompletionTable = {
  readonly lines: readonly CompletionLine[];
  readonly total: CompletionFigures;
};

const meanOf = ({ scored, points }: Pick<RunCounts, 'scored' | 'points'>): MeanScore => ({
  of: scored,
  mean: scored === 0 ? null : points / (scored * fullPoints),
});

const figuresIn = (counts: RunCounts): CompletionFigures => ({
  ...completionOf(counts),
  passed: rate(counts.passed, counts.marked),
  score: meanOf(counts),
});

const figuresOf = (parts: readonly { readonly counts: RunCounts }[]): CompletionFigures =>
  figuresIn(addRunCounts(parts.map(({ counts }) => counts)));

/** How far runs came, a line for each group that has any, in the order of their names. */
export const completionTable = async (
  figures: RunFigures,
  filter: RunFilter,
  by: readonly Grouping[],
): Promise<CompletionTable> => {
  const keys = keysFor(by);
  /* Where each run is in one group, these are all of them: nothing is asked twice. */
  const isOnce = keys.length > 0 && !keys.includes('label');
  const [groups, once] = await Promise.all([
    keys.length === 0 ? [] : figures.counts(filter, keys),
    isOnce ? undefined : figures.counts(filter, []),
  ]);
  return {
    lines: inLines(groups, ({ name }) => name, by).map(({ group, parts }) => ({
      group,
      ...figuresOf(parts),
    })),
    total: figuresOf(once ?? groups),
  };
};
