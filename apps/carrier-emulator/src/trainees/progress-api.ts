import { z } from 'zod';
import type { AskTrainee, TraineeNow } from './trainee-now';

/** How the progress API is asked. */
export type ProgressApi = { readonly url: URL; readonly apiKey: string };

const timeoutMs = 3_000;

/* What is read of a trainee (`GET /v1/trainees/{phone}`). */
const traineeSchema = z.object({
  optedOut: z.boolean(),
  runningId: z.string().optional(),
  runs: z.array(z.object({ runId: z.string(), prompts: z.array(z.object({ askedAt: z.iso.datetime() })) })),
});

/** A run in progress awaits the reply to the prompt that it put last. */
const traineeNow = ({ optedOut, runningId, runs }: z.infer<typeof traineeSchema>): TraineeNow => {
  const prompts = runs.find(({ runId }) => runId === runningId)?.prompts ?? [];
  return { optedOut, askedAt: prompts.at(-1)?.askedAt ?? null };
};

/** Asks progress-tracker. */
export const askProgress =
  ({ url, apiKey }: ProgressApi): AskTrainee =>
  async (phone) => {
    const path = `/v1/trainees/${encodeURIComponent(phone.replace('whatsapp:', ''))}`;
    const response = await fetch(new URL(path, url), {
      headers: { accept: 'application/json', authorization: `Bearer ${apiKey}` },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) await response.body?.cancel();
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`the progress API answered ${response.status}`);
    return traineeNow(traineeSchema.parse(await response.json()));
  };
