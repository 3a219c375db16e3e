import type { LocalDate } from '@stopcovid/calendar';
import { addCounts, countRuns, type FunnelStep, type RunFacts } from '@stopcovid/statistics';
import type { DrillRun } from '../progress/drill-run';
import type { JudgedReply } from '../progress/judged-reply';
import { passedIn, scoreOf } from '../progress/run-score';
import { dayOf } from '../progress/run-groups';
import { fullPoints, ratingsOf } from './ratings';
import type { QuestionedRun } from './questioned-run';
import type { RunCounts, ScoreCounts } from './run-figures';

/** A run, or as much of one, of which it is known what it is grouped by. */
export type GroupedRun<Run = DrillRun> = Run & { readonly groups: NonNullable<DrillRun['groups']> };

/** A trainee has started when they have replied, whatever the reply was taken for. */
const hasReplied = ({ replies, prompts }: DrillRun): boolean =>
  replies === undefined
    ? prompts.some(({ lastRespondedAt }) => lastRespondedAt !== undefined)
    : replies.length > 0;

/* Each drill is due by the end of the local day on which it began: one a day. */
const factsOf = (run: GroupedRun): RunFacts => {
  const { demo, day: dueOn } = run.groups;
  if (run.status === 'completed')
    return { demo, dueOn, stage: 'completed', completedOn: run.endedDay ?? dueOn };
  const optedOut = run.abandonedBecause === 'optedOut';
  return { demo, dueOn, stage: hasReplied(run) ? 'started' : 'sent', optedOut };
};

/** Does a run count, or did it until a later run or registration replaced it? */
export const hasCounted = <Run extends Pick<DrillRun, 'groups' | 'repeatsOnly'>>(
  run: Run,
): run is GroupedRun<Run> => run.groups !== undefined && !run.groups.demo && run.repeatsOnly !== true;

/** Does a run count in figures? Demonstrations, repeats alone, and what a later run or registration replaced do not. */
export const counts = (run: DrillRun): run is GroupedRun => hasCounted(run) && run.superseded !== true;

/** The prompts of the run's own drill that were put: an earlier drill's, asked again, are that one's. */
export const ownPrompts = ({ prompts }: Pick<QuestionedRun, 'prompts'>): readonly string[] =>
  prompts.flatMap(({ prompt, repeatOf }) => (repeatOf === undefined ? [prompt] : []));

/** The prompt that completed a run by being put, where there is one: it asked for nothing. */
export const lastWordOf = (run: QuestionedRun): string | undefined => {
  const last = run.status === 'completed' ? ownPrompts(run).at(-1) : undefined;
  const isAnswered = run.replies?.some(({ prompt, repeatOf }) => prompt === last && repeatOf === undefined);
  return isAnswered === true ? undefined : last;
};

/** Whether a reply was taken for an answer, be it a wrong one. */
export const isAnswer = ({ verdict }: Pick<JudgedReply, 'verdict'>): boolean => verdict !== 'unclear';

/** The prompts of the run's own drill that were answered. */
export const answeredPrompts = ({ replies = [] }: DrillRun): ReadonlySet<string> => {
  const answers = replies.filter((reply) => reply.repeatOf === undefined && isAnswer(reply));
  return new Set<string>(answers.map(({ prompt }) => prompt));
};

/** Nothing can be said of a run from before replies were kept. */
const promptsOf = (run: DrillRun): FunnelStep => {
  if (run.replies === undefined) return { reached: 0, answered: 0 };
  const answered = answeredPrompts(run);
  const reached = [...new Set(ownPrompts(run))];
  return { reached: reached.length, answered: reached.filter((prompt) => answered.has(prompt)).length };
};

const scoresOf = (run: DrillRun): ScoreCounts => {
  const { right, of } = (run.status === 'completed' && scoreOf(run)) || { right: 0, of: 0 };
  const passed = run.status === 'completed' ? passedIn(run) : undefined;
  return {
    scored: Number(of > 0),
    points: of > 0 ? Math.round((fullPoints * right) / of) : 0,
    marked: Number(passed !== undefined),
    passed: Number(passed === true),
  };
};

const noCounts: RunCounts = {
  ...addCounts([]),
  reached: 0,
  answered: 0,
  scored: 0,
  points: 0,
  marked: 0,
  passed: 0,
  pairs: 0,
  before: 0,
  after: 0,
  satisfied: 0,
  satisfaction: 0,
};

/** The names of all that is counted of runs. */
export const countNames = Object.keys(noCounts) as readonly (keyof RunCounts)[];

/** Counts to which more is added. */
export type CountSums = { -readonly [Name in keyof RunCounts]: number };

/** Nothing, to which counts are added. */
export const emptySums = (): CountSums => ({ ...noCounts });

/** Adds what so many that are alike come to. */
export const addTo = (sums: CountSums, counts: RunCounts, times = 1): void => {
  for (const name of countNames) sums[name] += counts[name] * times;
};

/** The counts of all parts together. */
export const addRunCounts = (parts: Iterable<RunCounts>): RunCounts => {
  const total = emptySums();
  for (const part of parts) addTo(total, part);
  return total;
};

/** What a run adds to the figures. */
export const countsOf = (run: DrillRun): RunCounts =>
  counts(run)
    ? { ...countRuns([factsOf(run)]), ...promptsOf(run), ...scoresOf(run), ...ratingsOf(run) }
    : addRunCounts([]);

/** The local days of the replies in a run. Those in the run that it goes on with are that one's, and not said twice. */
export const replyDaysOf = ({ groups, replies = [], startedAt }: DrillRun): readonly LocalDate[] =>
  groups === undefined || groups.demo
    ? []
    : [...new Set(replies.filter(({ at }) => at >= startedAt).map(({ at }) => dayOf(groups.zone, at)))];
