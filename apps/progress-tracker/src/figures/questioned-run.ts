import type { DrillRun, PromptProgress } from '../progress/drill-run';
import type { JudgedReply } from '../progress/judged-reply';

/** What of a reply the tables of questions follow from. */
export type QuestionedReply = Pick<
  JudgedReply,
  'prompt' | 'verdict' | 'judged' | 'option' | 'afterMs' | 'reminded' | 'repeatOf'
>;

/** What of a run the tables of its questions follow from. */
export type QuestionedRun = Pick<DrillRun, 'drill' | 'revision' | 'status' | 'groups'> & {
  readonly prompts: readonly Pick<PromptProgress, 'prompt' | 'repeatOf'>[];
  readonly replies?: readonly QuestionedReply[];
};
