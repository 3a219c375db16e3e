import { groupBy } from '@stopcovid/runtime';
import type { DrillRun } from '../progress/drill-run';
import { scoresOf } from '../progress/run-score';
import { groupCounts, isOf, isWithin, namesOf } from './grouped';
import { questionTablesOf } from './question-tables-of-runs';
import { counts, countsOf, hasCounted, replyDaysOf, type GroupedRun } from './run-facts';
import type {
  GroupKey,
  GroupName,
  ListedRuns,
  ReplyDay,
  RunDepth,
  RunDepths,
  RunExtent,
  RunFigures,
  RunFilter,
  RunPlace,
} from './run-figures';

const fits = (run: GroupedRun, filter: RunFilter): boolean =>
  isOf(run, filter) && isWithin(run.groups.day, filter);

const fitting = (runs: Iterable<DrillRun>, filter: RunFilter): readonly GroupedRun[] =>
  [...runs].filter(counts).filter((run) => fits(run, filter));

/** The runs of a list, in no order. */
const listed = (
  runs: Iterable<DrillRun>,
  { changedSince, ...filter }: Omit<ListedRuns, 'status'>,
): readonly GroupedRun[] =>
  changedSince === undefined
    ? fitting(runs, filter)
    : [...runs]
        .filter(hasCounted)
        .filter((run) => fits(run, filter) && run.changedAt !== undefined && run.changedAt >= changedSince);

const isGrouped = (run: DrillRun): run is GroupedRun => run.groups !== undefined;

const placeOf = ({ groups: { day }, runId }: GroupedRun): string => `${day} ${runId}`;

const isFrom = (run: GroupedRun, { day, runId, included }: RunPlace): boolean => {
  const [own, place] = [placeOf(run), `${day} ${runId}`];
  return own > place || (included === true && own === place);
};

const inOrder = (runs: Iterable<DrillRun>, { status, ...filter }: ListedRuns, from: RunPlace | undefined) =>
  listed(runs, filter)
    .filter((run) => status === undefined || run.status === status)
    .filter((run) => from === undefined || isFrom(run, from))
    .sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));

const replyDays = (runs: Iterable<DrillRun>, filter: RunFilter, by: readonly GroupKey[]) => {
  const keys = by.filter((key) => key !== 'day');
  const found = new Map<string, ReplyDay>();
  for (const run of [...runs].filter(isGrouped).filter((each) => isOf(each, filter)))
    for (const day of replyDaysOf(run).filter((each) => isWithin(each, filter)))
      for (const name of namesOf(run, keys))
        found.set(JSON.stringify([run.phone, day, ...keys.map((key) => name[key])]), {
          name,
          phone: run.phone,
          day,
        });
  return found.values();
};

const extentOf = (name: GroupName, runs: readonly [GroupedRun, ...GroupedRun[]]): RunExtent => ({
  name,
  trainees: new Set(runs.map(({ phone }) => phone)).size,
  runs: runs.length,
  completed: runs.filter(({ status }) => status === 'completed').length,
  lastDay: runs.reduce((last, { groups: { day } }) => (day > last ? day : last), runs[0].groups.day),
});

const extents = (runs: readonly GroupedRun[], by: readonly GroupKey[]): readonly RunExtent[] => {
  const named = runs.flatMap((run) => namesOf(run, by).map((name) => ({ name, run })));
  const groups = groupBy(named, ({ name }) => JSON.stringify(by.map((key) => name[key])));
  return [...groups.values()].map(([first, ...others]) =>
    extentOf(first.name, [first.run, ...others.map(({ run }) => run)]),
  );
};

async function* each(runs: readonly DrillRun[]): AsyncGenerator<DrillRun> {
  yield* runs;
}

const depths: { readonly [Depth in RunDepth]: (run: DrillRun) => RunDepths[Depth] } = {
  whole: (run) => run,
  answers: (run) => run,
  list: (run) => ({ ...run, scores: scoresOf(run) }),
};

/** Figures over runs that this process keeps. */
export const inMemoryRunFigures = (runs: () => Iterable<DrillRun>): RunFigures => ({
  counts: (filter, by) =>
    Promise.resolve(
      groupCounts(
        fitting(runs(), filter).map((run) => ({ ...run, counts: countsOf(run) })),
        filter,
        by,
      ),
    ),
  extents: (filter, by) => Promise.resolve(extents(fitting(runs(), filter), by)),
  questions: (filter) => questionTablesOf(each(fitting(runs(), filter))),
  async *runs(filter, depth) {
    for (const run of fitting(runs(), filter)) yield depths[depth](run);
  },
  async *inOrder(asked, depth, from) {
    for (const run of inOrder(runs(), asked, from)) yield depths[depth](run);
  },
  async *replyDays(filter, by) {
    yield* replyDays(runs(), filter, by);
  },
});
