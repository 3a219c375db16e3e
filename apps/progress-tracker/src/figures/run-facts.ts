import { countRuns, type CompletionCounts, type RunFacts } from '@stopcovid/statistics';
import type { DrillRun } from '../progress/drill-run';

/** A run of which it is known what it is grouped by. */
export type GroupedRun = DrillRun & { readonly groups: NonNullable<DrillRun['groups']> };

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

/** Does a run count in figures? Demonstrations, repeats alone, and what a later run or registration replaced do not. */
export const counts = (run: DrillRun): run is GroupedRun =>
  run.groups !== undefined && !run.groups.demo && run.repeatsOnly !== true && run.superseded !== true;

/** What a run adds to the figures of completion. */
export const countsOf = (run: DrillRun): CompletionCounts => countRuns(counts(run) ? [factsOf(run)] : []);
