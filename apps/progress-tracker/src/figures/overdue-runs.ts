import { dayNumber, type LocalDate } from '@stopcovid/calendar';
import { localDateSchema } from '@stopcovid/contracts';
import { z } from 'zod';
import type { DrillRun } from '../progress/drill-run';
import { dayOf } from '../progress/run-groups';
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

/** `next` is where the following page begins. */
export type OverduePage = { readonly items: readonly OverdueRun[]; readonly next?: RunPlace };

const overdue = (run: DrillRun, now: Date): readonly OverdueRun[] => {
  const open = run.prompts.at(-1);
  if (!counts(run) || open === undefined) return [];
  const daysLate = dayNumber(dayOf(run.groups.zone, now)) - dayNumber(run.groups.day);
  return daysLate < 1 ? [] : [{ run, daysLate, open }];
};

const placeOf = ({ run }: OverdueRun): RunPlace => ({ day: run.groups.day, runId: run.runId });

const runPlaceSchema = z.object({
  day: localDateSchema.transform((day) => day as LocalDate),
  runId: z.string(),
});

/** The place that a page named as its next. Throws for what is none. */
export const placeOfRun = (json: unknown): RunPlace => runPlaceSchema.parse(json);

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
  for await (const run of figures.running(filter, after)) yield* overdue(run, now);
}

/** One page of them. */
export const overduePage = async (figures: RunFigures, asked: OverdueQuestion): Promise<OverduePage> => {
  const items: OverdueRun[] = [];
  for await (const item of overdueRuns(figures, asked)) {
    items.push(item);
    if (items.length > asked.limit) break;
  }
  const page = items.slice(0, asked.limit);
  const last = page.at(-1);
  return items.length > page.length && last !== undefined
    ? { items: page, next: placeOf(last) }
    : { items: page };
};
