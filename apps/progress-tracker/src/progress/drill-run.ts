import { unreachable } from '@stopcovid/runtime';
import type { LocalDate } from '@stopcovid/calendar';
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
import { afterRuling, judgedReply, type Judged, type JudgedReply } from './judged-reply';
import { given } from '../given';
import { dayOf, groupsOf, withoutStanding, type RunGroups } from './run-groups';

/** A reminder of a prompt, and when the first answer to it came, if one did before the next reminder. */
export type Reminder = { readonly at: Date; readonly answeredAt?: Date };

/** What became of one prompt of a run. `attempts` counts replies; `correct` is absent where nothing was graded. */
export type PromptProgress = {
  readonly prompt: PromptSlug;
  readonly askedAt: Date;
  readonly attempts: number;
  readonly correct?: boolean;
  readonly lastResponse?: string | null;
  readonly lastRespondedAt?: Date;
  readonly remindedAt?: Date;
  /** In the order in which they came. Absent where a release that did not keep them reminded: a rebuild adds them. */
  readonly reminders?: readonly Reminder[];
  /** The earlier drill that the prompt is of, where it was asked again. */
  readonly repeatOf?: DrillSlug;
};

export const runStatuses = ['running', 'completed', 'abandoned'] as const;
export type RunStatus = (typeof runStatuses)[number];

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
  /** Of its revision, in percent. Absent without one, and in a run that began before events carried it. */
  readonly passMark?: number;
  readonly status: RunStatus;
  readonly startedAt: Date;
  readonly endedAt?: Date;
  readonly abandonedBecause?: string;
  readonly right?: number;
  readonly graded?: number;
  readonly prompts: readonly PromptProgress[];
  /** Absent in a run that a release began which did not keep them: a rebuild adds them. */
  readonly groups?: RunGroups;
  /** Each reply that was judged, in the order in which they came. Absent as `groups` is. */
  readonly replies?: readonly JudgedReply[];
  /** The local day of the end, in the zone of the start. */
  readonly endedDay?: LocalDate;
  /** A later registration began the course afresh, or another run goes on with this one: it counts no more. */
  readonly superseded?: true;
  /** The time of the batch that last changed it. Absent in a run that nothing changed since releases keep it. */
  readonly changedAt?: Date;
};

/** An event of a run, with the batch that it came in. */
type Told<E> = { readonly event: E; readonly batch: EventBatch; readonly at: Date };

const put = ({ event, at }: Pick<Told<Event<'DrillStarted'> | Event<'PromptAdvanced'>>, 'event' | 'at'>) => ({
  prompt: event.prompt.slug,
  askedAt: at,
  attempts: 0,
  ...(event.repeat === undefined ? {} : { repeatOf: event.repeat.drill }),
});

const started = ({ event, batch, at }: Told<Event<'DrillStarted'>>): DrillRun => ({
  runId: event.runId,
  phone: batch.phone,
  version: batch.version,
  startedVersion: batch.version,
  drill: event.drill,
  revision: event.revision,
  reason: event.reason,
  ...(event.repeatsOnly && { repeatsOnly: event.repeatsOnly }),
  ...(event.passMark && { passMark: event.passMark }),
  status: 'running',
  startedAt: at,
  prompts: [put({ event, at })],
  groups: groupsOf(batch, event, at),
  replies: [],
  changedAt: at,
});

/** A drill with branches may put a prompt again: what comes then concerns the last time. */
const lastOf = ({ prompts }: DrillRun, prompt: PromptSlug): number =>
  prompts.findLastIndex((progress) => progress.prompt === prompt);

const onPrompt = (
  run: DrillRun,
  prompt: PromptSlug,
  change: (before: PromptProgress) => PromptProgress,
): DrillRun => {
  const last = lastOf(run, prompt);
  return {
    ...run,
    prompts: run.prompts.map((progress, index) => (index === last ? change(progress) : progress)),
  };
};

/** A list that lacks what came before would be taken for whole: there is none then. */
const withReply = (run: DrillRun, { event, at }: Told<Judged>): DrillRun =>
  run.replies === undefined
    ? run
    : { ...run, replies: [...run.replies, judgedReply(event, at, run.prompts[lastOf(run, event.prompt)])] };

const ended = (run: DrillRun, status: RunStatus, at: Date): DrillRun => ({
  ...run,
  status,
  endedAt: at,
  ...(run.groups && { endedDay: dayOf(run.groups.zone, at) }),
});

/** What ended stays as it ended: a run that an opt-out cut off is abandoned once more so that it does not go on. */
const abandoned = (run: DrillRun, { event, at }: Told<Event<'DrillAbandoned'>>): DrillRun =>
  run.status === 'running' ? { ...ended(run, 'abandoned', at), abandonedBecause: event.reason } : run;

/** A list that lacks the first reminders would count a later one for them: there is none then. */
const reminded = (before: PromptProgress, at: Date): PromptProgress => {
  const isWhole = before.remindedAt === undefined || before.reminders !== undefined;
  const reminders = [...(before.reminders ?? []), { at }];
  return { ...before, remindedAt: at, ...(isWhole && { reminders }) };
};

const withAnswer = ({ reminders }: PromptProgress, at: Date): Pick<PromptProgress, 'reminders'> => {
  const last = reminders?.at(-1);
  if (reminders === undefined || last === undefined || last.answeredAt !== undefined) return {};
  return { reminders: [...reminders.slice(0, -1), { ...last, answeredAt: at }] };
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
    ...withAnswer(before, at),
  }));
};

const advanced = (run: DrillRun, { event, at }: Told<Event<'PromptAdvanced'>>): DrillRun => ({
  ...run,
  prompts: [...run.prompts, put({ event, at })],
});

/** When a prompt was put last before a reply to it came, by its place in the run; what leads back to itself is put after. */
const askedBefore = ({ prompts }: DrillRun, { prompt, at }: JudgedReply): number => {
  const isOwn = (progress: PromptProgress): boolean =>
    progress.prompt === prompt && progress.repeatOf === undefined;
  const before = prompts.findLastIndex((progress) => isOwn(progress) && progress.askedAt < at);
  return before === -1 ? prompts.findIndex(isOwn) : before;
};

const correctBy = (replies: readonly JudgedReply[]): Pick<PromptProgress, 'correct'> => {
  if (replies.some(({ verdict }) => verdict === 'right')) return { correct: true };
  return replies.some(({ verdict }) => verdict === 'wrong') ? { correct: false } : {};
};

/** What a person ruled on a reply holds for its prompt too. Where replies were not kept, nobody can tell which it is. */
const regraded = (run: DrillRun, event: Event<'ReplyRegraded'>): DrillRun => {
  if (run.replies === undefined) return run;
  const replies = afterRuling(run.replies, event);
  const ruled = replies[event.reply - 1];
  if (ruled === undefined || ruled === run.replies[event.reply - 1]) return run;
  const place = askedBefore(run, ruled);
  const own = replies.filter((reply) => reply.repeatOf === undefined && askedBefore(run, reply) === place);
  return {
    ...run,
    replies,
    prompts: run.prompts.map(({ correct: before, ...progress }, index) => ({
      ...progress,
      ...(index === place ? correctBy(own) : given({ correct: before })),
    })),
  };
};

/** A run that goes on where an opt-out cut another off: what was put and answered there belongs to it. */
export const goingOn = (run: DrillRun, cutOff: DrillRun | undefined): DrillRun =>
  cutOff === undefined
    ? run
    : {
        ...run,
        prompts: [...cutOff.prompts, ...run.prompts],
        ...(run.replies && cutOff.replies && { replies: [...cutOff.replies, ...run.replies] }),
      };

/** A run that counts no more. Those that began with this batch or later are none. */
export const supersede = (run: DrillRun, { version, at }: EventBatch): DrillRun =>
  run.superseded || run.startedVersion >= version
    ? run
    : { ...run, version, superseded: true, changedAt: new Date(at) };

/**
 * A run of somebody who was erased: it counts no more, and says nothing of them. What stays tells whoever copies runs that
 * this one is gone: its name, its drill, and the employer and days that it was counted under.
 */
export const eraseRun = (run: DrillRun, { version, at }: EventBatch): DrillRun => {
  if (run.startedVersion >= version) return run;
  const { runId, phone, startedVersion, drill, revision, reason, startedAt, groups } = run;
  return {
    ...{ runId, phone, version, startedVersion, drill, revision, reason, startedAt },
    ...given({ repeatsOnly: run.repeatsOnly, passMark: run.passMark, endedDay: run.endedDay }),
    status: 'abandoned',
    prompts: [],
    ...(groups && { groups: withoutStanding(groups), replies: [] }),
    superseded: true,
    changedAt: new Date(at),
  };
};

/** What can happen in a run. */
export type RunEvent = Extract<DialogEvent, { readonly runId: DrillRunId }>;

/** The run that an event speaks of, if it speaks of one. */
export const isOfRun = (event: DialogEvent): event is RunEvent => 'runId' in event;

/** The run after one event of it. A run whose start is not known stays unknown. */
export const evolveRun = (before: DrillRun | undefined, told: Told<RunEvent>): DrillRun | undefined => {
  const { event, batch, at } = told;
  if (event.type === 'DrillStarted') return before ?? started({ event, batch, at });
  if (!before || before.version > batch.version) return before;
  const run: DrillRun = { ...before, version: batch.version, changedAt: at };
  switch (event.type) {
    case 'PromptCompleted':
    case 'PromptFailed':
      return answered(withReply(run, { event, batch, at }), { event, batch, at });
    case 'ReplyUnclear':
      return onPrompt(withReply(run, { event, batch, at }), event.prompt, (progress) => ({
        ...progress,
        lastResponse: event.response,
        lastRespondedAt: at,
      }));
    case 'ReplyRegraded':
      return regraded(run, event);
    case 'PromptAdvanced':
      return advanced(run, { event, batch, at });
    case 'TraineeReminded':
      return onPrompt(run, event.prompt.slug, (progress) => reminded(progress, at));
    case 'DrillCompleted':
      return { ...ended(run, 'completed', at), right: event.right, graded: event.graded };
    case 'DrillAbandoned':
      return abandoned(run, { event, batch, at });
    default:
      return unreachable(event);
  }
};
