import type { DrillRunId, Phone, PromptSlug } from '@stopcovid/contracts';
import type { TraineeProgress } from '../progress/evolve-progress';
import type { ProgressStore } from '../progress/progress-store';

/** The question that waits for an answer. */
export type OpenQuestion = { readonly runId: DrillRunId; readonly prompt: PromptSlug };

/** Where a trainee stands, as far as an action depends on it. Nothing was ever heard of a phone without `progress`. */
export type Stand = { readonly progress?: TraineeProgress; readonly open?: OpenQuestion };

/** Asks where a trainee stands. */
export const standOf = async (
  store: Pick<ProgressStore, 'trainee' | 'runsOf'>,
  phone: Phone,
): Promise<Stand> => {
  const progress = await store.trainee(phone);
  if (progress?.runningId === undefined) return progress === undefined ? {} : { progress };
  const running = (await store.runsOf(phone, 1)).find(({ runId }) => runId === progress.runningId);
  const last = running?.prompts.at(-1);
  return {
    progress,
    ...(running === undefined || last === undefined
      ? {}
      : { open: { runId: running.runId, prompt: last.prompt } }),
  };
};
