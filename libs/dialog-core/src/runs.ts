import type {
  Command,
  DialogEvent,
  DrillRunId,
  DrillSlug,
  Event,
  PlannedRepeat,
  PromptSlug,
} from '@stopcovid/contracts';
import { drillFact, type Facts } from './facts';
import { isScheduled, mayReach, whyNotNow, type Start } from './hold-back';
import { askedPrompt, firstPrompt, passMarkOf } from './prompts';
import { aloneIn, contentAt, planned, repeatedContent, repeatNow, repeatOf } from './repeats';
import { languageIn, runOf, type AwaitingReply, type DialogState, type Run } from './state';

type Reason = Event<'DrillAbandoned'>['reason'];
type Place = { readonly run: Run; readonly prompt?: PromptSlug };

const abandoned = ({ run, prompt }: Place, reason: Reason): Event<'DrillAbandoned'> => ({
  type: 'DrillAbandoned',
  runId: run.runId,
  drill: run.drill,
  ...(prompt !== undefined && { prompt }),
  reason,
  ...aloneIn(run),
});

/** Ends the run in progress, if there is one, saying why and at which question. */
export const abandonRun = ({ conversation }: DialogState, reason: Reason): readonly DialogEvent[] =>
  conversation.status === 'Idle' ? [] : [abandoned(conversation, reason)];

/** Ends the run in progress, or sees to it that the one which an opt-out cut off does not go on; of a named run alone. */
export const abandonForGood = (
  state: DialogState,
  reason: Reason,
  runId?: DrillRunId,
): readonly DialogEvent[] => {
  const { conversation, stopped } = state;
  const place = conversation.status === 'Idle' ? stopped : conversation;
  if (place === undefined || (runId !== undefined && place.run.runId !== runId)) return [];
  return [abandoned(place, reason)];
};

/** Whether the run that a command names is going on: the same order, given again, starts nothing new. */
const hasBegun = (state: DialogState, { runId }: Start): boolean =>
  runId !== undefined && runId === runOf(state)?.runId;

/** Whether a command can start a run at all: who opted out starts nothing. */
export const mayStart = (state: DialogState, command: Start): boolean =>
  !state.trainee.optedOut && !hasBegun(state, command);

/** What only a schedule wants can wait. A spent budget is named before a queue: it lasts longer than any. */
const whyPostponed = (
  state: DialogState,
  command: Start,
  { at, budgetSpent, congested }: Facts,
): Event<'DrillPostponed'>['reason'] | undefined => {
  const notNow = whyNotNow(state, command, at);
  if (notNow !== undefined || !isScheduled(command)) return notNow;
  if (budgetSpent === true) return 'budget';
  return congested === true ? 'congestion' : undefined;
};

/** What travels on from a command to its event: when it may arrive, and which due thing it is. */
export const carriedOn = ({
  delivery,
  occurrence,
}: Pick<Start, 'delivery' | 'occurrence'>): Pick<Event<'DrillStarted'>, 'delivery' | 'occurrence'> => ({
  ...(delivery !== undefined && { delivery }),
  ...(occurrence !== undefined && { occurrence }),
});

const drillNamedBy = (command: Start): DrillSlug | undefined =>
  command.type === 'RepeatPrompts' ? command.repeats[0]?.drill : (command.content?.slug ?? command.drill);

const postponed = (command: Start, reason: Event<'DrillPostponed'>['reason']): readonly DialogEvent[] => {
  const { occurrence, runId } = command;
  const drill = drillNamedBy(command);
  if (drill === undefined) return [];
  return [
    {
      type: 'DrillPostponed',
      drill,
      reason,
      ...(occurrence !== undefined && { occurrence }),
      ...(runId !== undefined && { runId }),
    },
  ];
};

/**
 * Starts a drill at its first prompt, or a run of repeats alone. A run in progress is abandoned first, and said to be; it
 * goes on when the start is held back.
 */
export const startRun = (state: DialogState, command: Start, facts: Facts): readonly DialogEvent[] => {
  if (hasBegun(state, command)) return [];
  const reason = whyPostponed(state, command, facts);
  if (reason !== undefined) return postponed(command, reason);
  if (!mayStart(state, command)) return [];
  return begin(state, command, facts);
};

type Opening = Omit<Event<'DrillStarted'>, 'type' | 'runId' | 'delivery' | 'occurrence'>;

const begin = (state: DialogState, command: Start, facts: Facts): readonly DialogEvent[] => {
  const opening =
    command.type === 'RepeatPrompts' ? openRepeats(state, command, facts) : openDrill(state, command, facts);
  if (opening === undefined) return [];
  return [
    ...abandonRun(state, 'replaced'),
    {
      type: 'DrillStarted',
      runId: command.runId ?? facts.runId,
      ...opening,
      ...carriedOn(command),
    },
  ];
};

/** A drill begins with the first of its repeats, if it has any, else with its own first prompt. */
const openDrill = (state: DialogState, command: Command<'StartDrill'>, facts: Facts): Opening => {
  const { hash, content } = drillFact(facts);
  return {
    drill: content.slug,
    revision: hash,
    reason: command.reason,
    ...(command.last && { last: command.last }),
    ...passMarkOf(content),
    ...(askedFirst(state, planned(command, facts), facts) ?? {
      prompt: firstPrompt(content, languageIn(state)),
    }),
  };
};

/** Repeats alone run under the name of the drill that the first of them is of. Nothing begins where none is left. */
const openRepeats = (
  state: DialogState,
  command: Command<'RepeatPrompts'>,
  facts: Facts,
): Opening | undefined => {
  const repeats = planned(command, facts);
  const [first] = repeats;
  const asked = askedFirst(state, repeats, facts);
  if (first === undefined || asked === undefined) return undefined;
  const { drill, revision } = first;
  return { drill, revision, reason: 'scheduled', ...asked, repeatsOnly: true };
};

/** How a run begins with repeats; undefined where it has none. */
const askedFirst = (
  state: DialogState,
  repeats: readonly PlannedRepeat[],
  facts: Facts,
): Pick<Event<'DrillStarted'>, 'prompt' | 'repeats' | 'repeat'> | undefined => {
  const [first] = repeats;
  if (first === undefined) return undefined;
  const content = repeatedContent(first, facts);
  return {
    prompt: askedPrompt(content, first.prompt, languageIn(state)),
    repeats: [...repeats],
    ...repeatOf(first),
  };
};

/** The last reminder that there was of an open question; 1 where nobody counted them. */
const lastRung = ({ rung, reminded }: AwaitingReply): number => rung ?? (reminded ? 1 : 0);

/** The question that a reminder is about, if it is still open, and this reminder of it is a new one. */
export const remindable = (
  { trainee, conversation }: DialogState,
  { runId, prompt, rung = 1 }: Command<'RemindTrainee'>,
): AwaitingReply | undefined => {
  if (trainee.optedOut || trainee.registration === null) return undefined;
  if (conversation.status !== 'AwaitingReply' || rung <= lastRung(conversation)) return undefined;
  return conversation.run.runId === runId && conversation.prompt === prompt ? conversation : undefined;
};

/** Reminds of an open question, each rung of the ladder once; anything else about it has become stale, and is no event. */
export const remind = (
  state: DialogState,
  command: Command<'RemindTrainee'>,
  facts: Facts,
): readonly DialogEvent[] => {
  const open = remindable(state, command);
  if (open === undefined || !mayReach(state, command, facts.at)) return [];
  return [
    {
      type: 'TraineeReminded',
      runId: open.run.runId,
      drill: open.run.drill,
      prompt: askedPrompt(contentAt(open.run, facts), open.prompt, languageIn(state)),
      ...repeatNow(open.run),
      ...(command.rung !== undefined && { rung: command.rung }),
      ...carriedOn(command),
    },
  ];
};
