import { z } from 'zod';
import type { JudgedReply } from '../progress/judged-reply';
import { placeFields } from './pages';
import { hasCounted, type GroupedRun } from './run-facts';
import type { AnsweredRun, ListedRun, ListedRuns, RunFigures, RunPlace } from './run-figures';

/** One judged reply, the run that it came in, and its place among those of the run. */
export type Answer = {
  readonly run: GroupedRun<AnsweredRun>;
  readonly reply: JudgedReply;
  readonly index: number;
};

/** Where an answer stands in the list. Replies are only ever added to a run behind the others, so it stays there. */
export type AnswerPlace = Pick<RunPlace, 'day' | 'runId'> & { readonly index: number };

const placeSchema = z.object({ ...placeFields, index: z.int() });

/** The place that a page named as its next. Throws for what is none. */
export const placeOfAnswer = (json: unknown): AnswerPlace => placeSchema.parse(json);

/** Where what follows an answer begins. */
export const placeAfterAnswer = ({ run: { groups, runId }, index }: Answer): AnswerPlace => ({
  day: groups.day,
  runId,
  index,
});

/** The runs in the order of their start, from behind the place on. */
export async function* listedRuns(
  figures: RunFigures,
  listed: ListedRuns,
  after?: RunPlace,
): AsyncGenerator<GroupedRun<ListedRun>> {
  for await (const run of figures.inOrder(listed, 'list', after)) if (hasCounted(run)) yield run;
}

/**
 * Each judged reply of these runs, from behind the place on: by run, in the order in which they came. Runs from before
 * replies were kept have none.
 */
export async function* answers(
  figures: RunFigures,
  listed: ListedRuns,
  after?: AnswerPlace,
): AsyncGenerator<Answer> {
  const from = after && { day: after.day, runId: after.runId, included: true as const };
  for await (const run of figures.inOrder(listed, 'answers', from)) {
    if (!hasCounted(run)) continue;
    const given = run.runId === after?.runId ? after.index + 1 : 0;
    for (const [index, reply] of (run.replies ?? []).entries())
      if (index >= given) yield { run, reply, index };
  }
}
