import { addCounts } from '@stopcovid/statistics';
import type { DrillRun } from '../progress/drill-run';
import { counts, countsOf, type GroupedRun } from './run-facts';
import type { CountedGroup, GroupKey, GroupName, RunFigures, RunFilter } from './run-figures';

type Single = Exclude<GroupKey, 'label'>;

const valueOf = (run: GroupedRun, key: Single): string | null => {
  const { drill, revision, reason, groups } = run;
  return { drill, revision, reason, ...groups }[key] ?? null;
};

const isIn = (run: GroupedRun, { from, until, label, ...exact }: RunFilter): boolean => {
  const { day, labels = [] } = run.groups;
  return (
    (from === undefined || day >= from) &&
    (until === undefined || day < until) &&
    (label === undefined || labels.includes(label)) &&
    Object.entries(exact).every(
      ([key, wanted]) => wanted === undefined || valueOf(run, key as Single) === wanted,
    )
  );
};

/** The groups that a run is in: one, or as many as it has labels where these are asked for. */
const namesOf = (run: GroupedRun, by: readonly GroupKey[]): readonly GroupName[] => {
  const single = by.flatMap((key) => (key === 'label' ? [] : [[key, valueOf(run, key)] as const]));
  const labels = by.includes('label') ? (run.groups.labels ?? [null]) : [undefined];
  return labels.map((label) => ({
    ...Object.fromEntries(single),
    ...(label === undefined ? {} : { label }),
  }));
};

const fitting = (runs: Iterable<DrillRun>, filter: RunFilter): readonly GroupedRun[] =>
  [...runs].filter(counts).filter((run) => isIn(run, filter));

/** Figures over runs that this process keeps. */
export const inMemoryRunFigures = (runs: () => Iterable<DrillRun>): RunFigures => ({
  counts: (filter, by) => {
    const groups = new Map<string, CountedGroup>();
    for (const run of fitting(runs(), filter))
      for (const name of namesOf(run, by)) {
        const id = JSON.stringify(by.map((key) => name[key]));
        const sofar = groups.get(id)?.counts;
        const added = sofar === undefined ? [countsOf(run)] : [sofar, countsOf(run)];
        groups.set(id, { name, counts: addCounts(added) });
      }
    return Promise.resolve([...groups.values()]);
  },
  async *runs(filter) {
    yield* fitting(runs(), filter);
  },
});
