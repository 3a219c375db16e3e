import { dayNumber } from '@stopcovid/calendar';
import type { DrillRun } from '../progress/drill-run';
import { dayOf } from '../progress/run-groups';
import { pageOf, placeAfter, type Page } from './pages';
import { counts, type GroupedRun } from './run-facts';
import type { RunFigures, RunFilter, RunPlace } from './run-figures';

/** A run that should have been completed by the end of its local day, and still goes on. */
export type OverdueRun = {
  readonly run: GroupedRun;
  /** Whole local days since the one that it was due on: 1 on the day after. */
  readonly daysLate: number;
  /** The question that is open, and since when. */
  readonly open: { readonly prompt: string; readonly askedAt: Date; readonly remindedAt?: Date };
};

/** One page of them. */
export type OverduePage = Page<OverdueRun, RunPlace>;

const overdue = (run: DrillRun, now: Date): readonly OverdueRun[] => {
  const open = run.prompts.at(-1);
  if (!counts(run) || open === undefined) return [];
  const daysLate = dayNumber(dayOf(run.groups.zone, now)) - dayNumber(run.groups.day);
  return daysLate < 1 ? [] : [{ run, daysLate, open }];
};

/** What of it is asked for: `after` is the `next` of the page before. */
export type OverdueQuestion = {
  readonly filter: RunFilter;
  readonly after?: RunPlace | undefined;
  readonly limit: number;
  readonly now: Date;
};

/** The runs that are overdue, the longest first. */
export async function* overdueRuns(
  figures: RunFigures,
  { filter, after, now }: Omit<OverdueQuestion, 'limit'>,
): AsyncGenerator<OverdueRun> {
  for await (const run of figures.inOrder({ ...filter, status: 'running' }, 'whole', after))
    yield* overdue(run, now);
}

/** One page of them. */
export const overduePage = (figures: RunFigures, asked: OverdueQuestion): Promise<OverduePage> =>
  pageOf(overdueRuns(figures, asked), asked.limit, ({ run }) => placeAfter(run));
