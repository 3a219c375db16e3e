import { addCounts, completionOf, type Completion } from '@stopcovid/statistics';
import { inLines, keysFor, type Grouping, type Line } from './lines';
import type { RunFigures, RunFilter } from './run-figures';

/** One line: the group that it is of, and what became of its runs. */
export type CompletionLine = { readonly group: Line } & Completion;

/** `total` counts each run once, also where one is in several lines for its labels. */
export type CompletionTable = { readonly lines: readonly CompletionLine[]; readonly total: Completion };

/** How far runs came, a line for each group that has any, in the order of their names. */
export const completionTable = async (
  figures: RunFigures,
  filter: RunFilter,
  by: readonly Grouping[],
): Promise<CompletionTable> => {
  const keys = keysFor(by);
  const [groups, all] = await Promise.all([
    keys.length === 0 ? [] : figures.counts(filter, keys),
    figures.counts(filter, []),
  ]);
  return {
    lines: inLines(groups, ({ name }) => name, by).map(({ group, parts }) => ({
      group,
      ...completionOf(addCounts(parts.map(({ counts }) => counts))),
    })),
    total: completionOf(addCounts(all.map(({ counts }) => counts))),
  };
};
