import { median, rate, type Rate } from '@stopcovid/statistics';
import type { DrillRun, Reminder } from '../progress/drill-run';
import { namesOf } from './grouped';
import { inLines, keysFor, type Grouping, type Line } from './lines';
import { counts } from './run-facts';
import type { CountedGroup, GroupName, RunFigures, RunFilter } from './run-figures';

/**
 * What reminders did. An answer is any reply but an unclear one; it is the last reminder's before it. `medianHours` is
 * from a reminder to its answer.
 */
export type ReminderFigures = {
  readonly sent: number;
  /** Runs with a reminder, of the assigned. */
  readonly reminded: Rate;
  /** Answered before the next reminder, of the questions that had so many. */
  readonly afterFirst: Rate;
  readonly afterSecond: Rate;
  readonly afterThird: Rate;
  /** Questions that were answered after a reminder, of those that had one. */
  readonly rescued: Rate;
  readonly medianHours: number | null;
  /** Runs that an opt-out cut off while a reminder was not answered, of those with a reminder. */
  readonly optedOut: Rate;
};

export type ReminderLine = { readonly group: Line } & ReminderFigures;

/** `total` counts each run once, also where one is in several lines for its labels. */
export type ReminderTable = { readonly lines: readonly ReminderLine[]; readonly total: ReminderFigures };

/** Of a run with a reminder: the reminders of each of its questions that had one. */
type Reminded = { readonly questions: readonly (readonly Reminder[])[]; readonly optedOut: boolean };

/** Prompts of earlier drills are those drills': they are in none of it. */
const remindedIn = (run: DrillRun): Reminded => {
  const own = run.prompts.filter(({ repeatOf }) => repeatOf === undefined);
  const questions = own.flatMap(({ reminders = [] }) => (reminders.length === 0 ? [] : [reminders]));
  const open = own.at(-1)?.reminders?.at(-1);
  const isCutOff = run.abandonedBecause === 'optedOut' && open !== undefined;
  return { questions, optedOut: isCutOff && open.answeredAt === undefined };
};

type Part = { readonly name: GroupName } & ({ readonly run: Reminded } | Pick<CountedGroup, 'counts'>);

const hourMs = 3_600_000;

const after = (questions: Reminded['questions'], index: number): Rate => {
  const had = questions.flatMap((reminders) => reminders[index] ?? []);
  return rate(had.filter(({ answeredAt }) => answeredAt !== undefined).length, had.length);
};

const hoursIn = (reminders: readonly Reminder[]): readonly number[] =>
  reminders.flatMap(({ at, answeredAt }) =>
    answeredAt === undefined ? [] : [(answeredAt.getTime() - at.getTime()) / hourMs],
  );

const figuresOf = (parts: readonly Part[]): ReminderFigures => {
  const runs = parts.flatMap((part) => ('run' in part ? [part.run] : []));
  const assigned = parts.reduce((sum, part) => sum + ('counts' in part ? part.counts.assigned : 0), 0);
  const questions = runs.flatMap((run) => run.questions);
  const answered = questions.filter((reminders) => hoursIn(reminders).length > 0);
  return {
    sent: questions.flat().length,
    reminded: rate(runs.length, assigned),
    afterFirst: after(questions, 0),
    afterSecond: after(questions, 1),
    afterThird: after(questions, 2),
    rescued: rate(answered.length, questions.length),
    medianHours: median(questions.flatMap(hoursIn)),
    optedOut: rate(runs.filter(({ optedOut }) => optedOut).length, runs.length),
  };
};

const runsWithReminders = async function* (
  figures: Pick<RunFigures, 'runs'>,
  filter: RunFilter,
): AsyncIterable<{
  readonly names: (by: readonly Grouping[]) => readonly GroupName[];
  readonly run: Reminded;
}> {
  for await (const run of figures.runs(filter, 'whole')) {
    if (!counts(run)) continue;
    const reminded = remindedIn(run);
    if (reminded.questions.length > 0) yield { names: (by) => namesOf(run, keysFor(by)), run: reminded };
  }
};

/**
 * What reminders did, a line for each group in which runs began, in the order of their names. Holds the runs with
 * reminders alone. A run that ends or begins while they are read is in one of the counts and not in the other.
 */
export const reminderTable = async (
  figures: Pick<RunFigures, 'runs' | 'counts'>,
  filter: RunFilter,
  by: readonly Grouping[],
): Promise<ReminderTable> => {
  const [groups, all] = await Promise.all([
    by.length === 0 ? [] : figures.counts(filter, keysFor(by)),
    figures.counts(filter, []),
  ]);
  const [lined, whole]: [Part[], Part[]] = [[...groups], [...all]];
  for await (const { names, run } of runsWithReminders(figures, filter)) {
    whole.push({ name: {}, run });
    if (by.length > 0) lined.push(...names(by).map((name) => ({ name, run })));
  }
  return {
    lines: inLines(lined, ({ name }) => name, by).map(({ group, parts }) => ({ group, ...figuresOf(parts) })),
    total: figuresOf(whole),
  };
};
