import type { DrillRun } from '../progress/drill-run';

/** Whose figures these are: one revision of a drill in one language. Two are never pooled. */
export type Content = { readonly revision: string; readonly language: string };

/** What is kept of the runs of one content: how many they are, and sums by prompt. */
export type Way<Sums> = Content & { runs: number; readonly prompts: Map<string, Sums> };

/** Folds runs by their content, in the order in which contents come. Those from before replies were kept are left out. */
export const foldByContent = async <Sums>(
  runs: AsyncIterable<DrillRun>,
  add: (prompts: Map<string, Sums>, run: DrillRun) => void,
): Promise<readonly Way<Sums>[]> => {
  const ways = new Map<string, Way<Sums>>();
  for await (const run of runs) {
    if (run.replies === undefined) continue;
    const { revision, groups: { language } = { language: '' } } = run;
    const key = JSON.stringify([revision, language]);
    const way = ways.get(key) ?? { revision, language, runs: 0, prompts: new Map<string, Sums>() };
    ways.set(key, way);
    way.runs += 1;
    add(way.prompts, run);
  }
  return [...ways.values()];
};
