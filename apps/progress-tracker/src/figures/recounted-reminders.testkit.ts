import type { DecodedBatch, DialogEvent } from '@stopcovid/contracts';
import { median, rate } from '@stopcovid/statistics';
import { runsIn, type Recounted, type Told } from './recounted-runs.testkit';
import type { RunFilter } from './run-figures';

/* As recount.testkit.ts: for each reminder all that was told of its run is read again. */

const isPut = ({ type }: DialogEvent): boolean => type === 'DrillStarted' || type === 'PromptAdvanced';
const isAnswer = ({ type }: DialogEvent): boolean => type === 'PromptCompleted' || type === 'PromptFailed';
const isReminder = ({ type }: DialogEvent): boolean => type === 'TraineeReminded';

const slugIn = (event: DialogEvent): string | undefined => {
  if (!('prompt' in event)) return undefined;
  return typeof event.prompt === 'string' ? event.prompt : event.prompt?.slug;
};

const hourMs = 3_600_000;

/** The hours until a reminder was answered; `null` where nothing came before the next one, or before it was put again. */
const hoursUntil = ({ at, event }: Told, later: readonly Told[]): number | null => {
  const own = later.filter((each) => slugIn(each.event) === slugIn(event));
  const [next] = own.filter((each) => isAnswer(each.event) || isReminder(each.event) || isPut(each.event));
  return next !== undefined && isAnswer(next.event) ? (next.at - at) / hourMs : null;
};

/** The reminders of each question that had one, as often as it was put; and whether the last question's is open. */
const remindedIn = ({ told: all, optedOut }: Recounted) => {
  const told = all.filter(({ event }) => !('repeat' in event && event.repeat));
  const questions = new Map<number, (number | null)[]>();
  for (const [index, each] of told.entries()) {
    if (!isReminder(each.event)) continue;
    const put = told
      .slice(0, index)
      .findLastIndex(({ event }) => isPut(event) && slugIn(event) === slugIn(each.event));
    if (put === -1) throw new Error(`${slugIn(each.event)} was not put`);
    questions.set(put, [...(questions.get(put) ?? []), hoursUntil(each, told.slice(index + 1))]);
  }
  const isOpen = questions.get(told.findLastIndex(({ event }) => isPut(event)))?.at(-1) === null;
  return { questions: [...questions.values()], optedOut: optedOut && isOpen };
};

/** What reminders did. */
export const recountedReminders = (batches: readonly DecodedBatch[], filter: RunFilter) => {
  const all = runsIn(batches, filter).map(remindedIn);
  const runs = all.filter(({ questions }) => questions.length > 0);
  const questions = runs.flatMap((run) => run.questions);
  const after = (index: number) => {
    const had = questions.filter((hours) => hours.length > index);
    return rate(had.filter((hours) => hours[index] !== null).length, had.length);
  };
  return {
    sent: questions.flat().length,
    reminded: rate(runs.length, all.length),
    ...{ afterFirst: after(0), afterSecond: after(1), afterThird: after(2) },
    rescued: rate(questions.filter((hours) => hours.some((each) => each !== null)).length, questions.length),
    medianHours: median(questions.flat().filter((each) => each !== null)),
    optedOut: rate(runs.filter((run) => run.optedOut).length, runs.length),
  };
};
