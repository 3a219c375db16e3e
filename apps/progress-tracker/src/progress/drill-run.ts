import { unreachable } from '@stopcovid/runtime';
import type {
  DialogEvent,
  DrillHash,
  DrillRunId,
  DrillSlug,
  EventBatch,
  Event,
  Phone,
  PromptSlug,
} from '@stopcovid/contracts';

/** What became of one prompt of a run. `attempts` counts replies; `correct` is absent where nothing was graded. */
export type PromptProgress = {
  readonly prompt: PromptSlug;
  readonly askedAt: Date;
  readonly attempts: number;
  readonly correct?: boolean;
  readonly lastResponse?: string | null;
  readonly lastRespondedAt?: Date;
  readonly remindedAt?: Date;
};

export type RunStatus = 'running' | 'completed' | 'abandoned';

/** One drill given to one trainee, from start to end. `version` is the last batch that it includes. */
export type DrillRun = {
  readonly runId: DrillRunId;
  readonly phone: Phone;
  readonly version: number;
  /** The batch that started it: runs from before the trainee's present registration do not count. */
  readonly startedVersion: number;
  readonly drill: DrillSlug;
  readonly revision: DrillHash;
  readonly reason: string;
  /** Prompts of earlier drills alone: no run of the drill that it bears the name of. */
  readonly repeatsOnly?: true;
  readonly status: RunStatus;
  readonly startedAt: Date;
  readonly endedAt?: Date;
  readonly abandonedBecause?: string;
  readonly right?: number;
  readonly graded?: number;
  readonly prompts: readonly PromptProgress[];
};

/** An event of a run, with the batch that it came in. */
type Told<E> = { readonly event: E; readonly batch: EventBatch; readonly at: Date };

const started = ({ event, batch, at }: Told<Event<'DrillStarted'>>): DrillRun => ({
  runId: event.runId,
  phone: batch.phone,
  version: batch.version,
  startedVersion: batch.version,
  drill: event.drill,
  revision: event.revision,
  reason: event.reason,
  ...(event.repeatsOnly && { repeatsOnly: event.repeatsOnly }),
  status: 'running',
  startedAt: at,
  prompts: [{ prompt: event.prompt.slug, askedAt: at, attempts: 0 }],
});

/** A drill with branches may put a prompt again: what comes then concerns the last time. */
const onPrompt = (
  run: DrillRun,
  prompt: PromptSlug,
  change: (before: PromptProgress) => PromptProgress,
): DrillRun => {
  const last = run.prompts.findLastIndex((progress) => progress.prompt === prompt);
  return {
    ...run,
    prompts: run.prompts.map((progress, index) => (index === last ? change(progress) : progress)),
  };
};

type Answered = Event<'PromptCompleted'> | Event<'PromptFailed'>;

const correctIn = (event: Answered): boolean | undefined => {
  if (event.type === 'PromptCompleted') return event.correct;
  return event.graded === false ? undefined : false;
};

const answered = (run: DrillRun, { event, at }: Told<Answered>): DrillRun => {
  const correct = correctIn(event);
  return onPrompt(run, event.prompt, (before) => ({
    ...before,
    attempts: event.attempt,
    lastResponse: event.response,
    lastRespondedAt: at,
    ...(correct === undefined ? {} : { correct }),
  }));
};

const advanced = (run: DrillRun, { event, at }: Told<Event<'PromptAdvanced'>>): DrillRun => ({
  ...run,
  prompts: [...run.prompts, { prompt: event.prompt.slug, askedAt: at, attempts: 0 }],
});

/** What can happen in a run. */
export type RunEvent = Extract<DialogEvent, { readonly runId: DrillRunId }>;

/** The run that an event speaks of, if it speaks of one. */
export const isOfRun = (event: DialogEvent): event is RunEvent => 'runId' in event;

/** The run after one event of it. A run whose start is not known stays unknown. */
export const evolveRun = (before: DrillRun | undefined, told: Told<RunEvent>): DrillRun | undefined => {
  const { event, batch, at } = told;
  if (event.type === 'DrillStarted') return before ?? started({ event, batch, at });
  if (!before || before.version > batch.version) return before;
  const run: DrillRun = { ...before, version: batch.version };
  switch (event.type) {
    case 'PromptCompleted':
    case 'PromptFailed':
      return answered(run, { event, batch, at });
    case 'ReplyUnclear':
      return onPrompt(run, event.prompt, (progress) => ({
        ...progress,
        lastResponse: event.response,
        lastRespondedAt: at,
      }));
    case 'PromptAdvanced':
      return advanced(run, { event, batch, at });
    case 'TraineeReminded':
      return onPrompt(run, event.prompt.slug, (progress) => ({ ...progress, remindedAt: at }));
    case 'DrillCompleted':
      return { ...run, status: 'completed', endedAt: at, right: event.right, graded: event.graded };
    case 'DrillAbandoned':
      return { ...run, status: 'abandoned', endedAt: at, abandonedBecause: event.reason };
    default:
      return unreachable(event);
  }
};
