import type { DrillRunId, Phone, PromptSlug } from '@stopcovid/contracts';
import type { TraineeProgress } from '../progress/evolve-progress';
import type { ProgressStore } from '../progress/progress-store';
import type { Hours, HoursOf } from './hours';

/** The question that waits for an answer. */
export type OpenQuestion = { readonly runId: DrillRunId; readonly prompt: PromptSlug };

/** Where a trainee stands, as far as an action depends on it. Nothing was ever heard of a phone without `progress`. */
export type Stand = {
  readonly progress?: TraineeProgress;
  readonly open?: OpenQuestion;
  readonly hours?: Hours;
};

/** What is asked where trainees stand. */
export type StandParts = {
  readonly store: Pick<ProgressStore, 'trainee' | 'runsOf'>;
  readonly hoursOf: HoursOf;
};

const openOf = async (
  { store }: StandParts,
  { phone, runningId }: TraineeProgress,
): Promise<Pick<Stand, 'open'>> => {
  if (runningId === undefined) return {};
  const running = (await store.runsOf(phone, 1)).find(({ runId }) => runId === runningId);
  const last = running?.prompts.at(-1);
  return running === undefined || last === undefined
    ? {}
    : { open: { runId: running.runId, prompt: last.prompt } };
};

/** Asks where a trainee stands at a moment. */
export const standOf = async (parts: StandParts, phone: Phone, at: Date): Promise<Stand> => {
  const progress = await parts.store.trainee(phone);
  if (progress === undefined) return {};
  const [open, hours] = await Promise.all([openOf(parts, progress), parts.hoursOf(progress, at)]);
  return { progress, hours, ...open };
};
