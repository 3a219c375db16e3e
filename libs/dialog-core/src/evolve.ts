import type { DialogEvent, Event, Timestamp, Trainee } from '@stopcovid/contracts';
import { afterRepeat, comeTo } from './repeats';
import {
  initialState,
  runOf,
  withoutRun,
  type AwaitingReply,
  type Conversation,
  type DialogState,
  type Run,
} from './state';
import { mergeAccount, mergeProfile, registerAccount, storeAnswer } from './trainee';
import { unreachable } from './unreachable';

type Envelope = { readonly at: Timestamp };

/**
 * The state after an event. It never refuses and never throws: an event that does not fit leaves the state as it is,
 * because what happened under yesterday's rules must still be readable.
 */
export const evolve = (state: DialogState, event: DialogEvent, envelope: Envelope): DialogState => {
  switch (event.type) {
    case 'TraineeRegistered':
      return registered(state, event, envelope);
    case 'TraineeUpdated':
      return withTrainee(state, {
        profile: mergeProfile(state.trainee.profile, event.profile),
        account: mergeAccount(state.trainee.account, event),
      });
    case 'TraineeOptedOut':
      return optedOut(state, envelope);
    case 'OptOutQuestioned':
      return { ...state, optOutQuestioned: true };
    case 'OptOutDeclined':
      return unquestioned(state);
    case 'ChannelChanged':
      return { ...state, trainee: writtenAs(state.trainee, event) };
    case 'TraineeOptedIn':
      return optedIn(state);
    case 'SchedulePaused':
      return paused(state, event, envelope);
    case 'ScheduleResumed':
      return resumed(state);
    case 'DrillStarted':
      return started(state, event);
    case 'PromptCompleted':
      return completed(state, event);
    case 'PromptFailed':
      return failed(state, event);
    case 'ReplyUnclear':
      return unclear(state, event);
    case 'PromptAdvanced':
      return advanced(state, event);
    case 'DrillCompleted':
    case 'DrillAbandoned':
      return ended(state, event);
    case 'TraineeReminded':
      return reminded(state, event);
    case 'RegistrationRefused':
    case 'RegistrationUnavailable':
    case 'DrillPostponed':
    case 'NextDrillRequested':
    case 'DrillRequested':
    case 'DrillDeferred':
    case 'MessageRequested':
    case 'MenuRequested':
    case 'SupportRequested':
    case 'InfoRequested':
    case 'HelpRequested':
    case 'DemoRequested':
    case 'ThanksReceived':
    case 'ReplyRegraded':
      return state;
    case 'TextNotUnderstood':
      return notUnderstood(state, event);
    case 'TraineeErased':
      return erased(state);
    default:
      return unreachable(event);
  }
};

/** Nobody's again. Who said STOP is not texted because others register the phone anew: that alone is kept. */
const erased = ({ trainee: { optedOut: stays } }: DialogState): DialogState =>
  stays ? withTrainee(initialState(), { optedOut: true }) : initialState();

const withTrainee = (state: DialogState, changes: Partial<Trainee>): DialogState => ({
  ...state,
  trainee: { ...state.trainee, ...changes },
});

const unquestioned = ({ stateVersion, trainee, conversation }: DialogState): DialogState => ({
  stateVersion,
  trainee,
  conversation,
});

/** What was open is remembered: whoever comes back soon goes on there. */
const optedOut = (state: DialogState, { at }: Envelope): DialogState => {
  const { conversation } = state;
  const out = withoutRun(unquestioned(withTrainee(state, { optedOut: true })));
  const after: DialogState = state.optOutQuestioned === true ? { ...out, optOutAnswered: true } : out;
  if (conversation.status !== 'AwaitingReply') return after;
  return { ...after, stopped: { run: conversation.run, prompt: conversation.prompt, at } };
};

/** Who says yes once more is told once how to come back. */
const notUnderstood = (state: DialogState, { afterOptOut }: Event<'TextNotUnderstood'>): DialogState => {
  if (afterOptOut !== true) return state;
  const { stateVersion, trainee, conversation, stopped } = state;
  return { stateVersion, trainee, conversation, ...(stopped && { stopped }) };
};

/** What was cut off is forgotten: it goes on now, or never. */
const optedIn = (state: DialogState): DialogState => {
  const after = resumed(withTrainee(state, { optedOut: false }));
  return withConversation(after, after.conversation);
};

const writtenAs = (
  { registration, optedOut, profile, account, schedulePaused }: Trainee,
  { channel, address }: Event<'ChannelChanged'>,
): Trainee => ({
  registration,
  optedOut,
  profile,
  account,
  channel,
  ...(address !== undefined && { address }),
  ...(schedulePaused !== undefined && { schedulePaused }),
});

const paused = (
  state: DialogState,
  { reason, until }: Event<'SchedulePaused'>,
  { at }: Envelope,
): DialogState =>
  withTrainee(state, { schedulePaused: { since: at, reason, ...(until !== undefined && { until }) } });

/** Whoever wants texts again wants the proactive ones too, so consent given back ends a pause. */
const resumed = (state: DialogState): DialogState => {
  if (state.trainee.schedulePaused === undefined) return state;
  const { registration, optedOut, profile, account, channel, address } = state.trainee;
  return {
    ...state,
    trainee: {
      registration,
      optedOut,
      profile,
      account,
      ...(channel !== undefined && { channel }),
      ...(address !== undefined && { address }),
    },
  };
};

/** Written out field by field: this happens with every reply, and a spread costs several times as much. */
const withConversation = (
  { stateVersion, trainee, optOutQuestioned }: DialogState,
  conversation: Conversation,
): DialogState =>
  optOutQuestioned === undefined
    ? { stateVersion, trainee, conversation }
    : { stateVersion, trainee, conversation, optOutQuestioned };

const registered = (
  state: DialogState,
  { code, demo, account, profile }: Event<'TraineeRegistered'>,
  { at }: Envelope,
): DialogState =>
  withTrainee(state, {
    registration: { code, demo, at },
    account: registerAccount(state.trainee.account, account),
    profile: mergeProfile(state.trainee.profile, profile ?? {}),
  });

/** A question that was just put: nothing was replied to it, and nobody reminded of it. */
const askedAt = (run: Run, prompt: AwaitingReply['prompt']): AwaitingReply => ({
  status: 'AwaitingReply',
  run,
  prompt,
  failures: 0,
  reminded: false,
});

const started = (state: DialogState, event: Event<'DrillStarted'>): DialogState => {
  if (state.trainee.optedOut) return state;
  const { runId, drill, revision, prompt, repeats, repeatsOnly, last, goesOn } = event;
  const run: Run = {
    runId,
    drill,
    revision,
    right: goesOn?.right ?? 0,
    graded: goesOn?.graded ?? 0,
    ...(repeats && { repeats }),
    ...(repeatsOnly && { repeatsOnly }),
    ...(last && { last }),
  };
  return withConversation(unquestioned(state), askedAt(run, prompt.slug));
};

type AboutPrompt = { readonly runId: Run['runId']; readonly prompt: string };
const openQuestion = (state: DialogState, { runId, prompt }: AboutPrompt) => {
  const { conversation } = state;
  const fits =
    conversation.status === 'AwaitingReply' &&
    conversation.run.runId === runId &&
    conversation.prompt === prompt;
  return fits ? conversation : undefined;
};

const completed = (state: DialogState, event: Event<'PromptCompleted'>): DialogState => {
  const open = openQuestion(state, event);
  if (open === undefined) return state;
  const { stored } = event;
  const after = withConversation(state, { status: 'BetweenPrompts', run: runAfter(open.run, event) });
  if (stored === undefined) return after;
  return withTrainee(after, { profile: storeAnswer(state.trainee.profile, stored) });
};

/** Where a prompt was settled: a repeat is done with, a graded prompt of the drill's own counts, others do not. */
const runAfter = (run: Run, event: Event<'PromptCompleted'> | Event<'PromptFailed'>): Run => {
  if (event.repeat !== undefined) return afterRepeat(run);
  if (event.type === 'PromptCompleted') return event.correct === true ? settled(run, 1) : run;
  return event.graded === false ? run : settled(run, 0);
};

const settled = ({ runId, drill, revision, right, graded, last }: Run, rightNow: 0 | 1): Run => ({
  runId,
  drill,
  revision,
  right: right + rightNow,
  graded: graded + 1,
  ...(last && { last }),
});

/** The question as it was, after a reply to it: nobody was reminded since. */
const askedAgain = ({ run, prompt, failures, unclear }: AwaitingReply): AwaitingReply => ({
  ...askedAt(run, prompt),
  failures,
  ...(unclear !== undefined && { unclear }),
});

const unclear = (state: DialogState, event: Event<'ReplyUnclear'>): DialogState => {
  const open = openQuestion(state, event);
  return open === undefined ? state : withConversation(state, { ...askedAgain(open), unclear: event.count });
};

const failed = (state: DialogState, event: Event<'PromptFailed'>): DialogState => {
  const open = openQuestion(state, event);
  if (open === undefined) return state;
  return withConversation(
    state,
    event.abandoned
      ? { status: 'BetweenPrompts', run: runAfter(open.run, event) }
      : { ...askedAgain(open), failures: open.failures + 1 },
  );
};

const advanced = (state: DialogState, { runId, prompt, repeat }: Event<'PromptAdvanced'>): DialogState => {
  const run = runOf(state);
  if (run?.runId !== runId) return state;
  return withConversation(state, askedAt(comeTo(run, repeat), prompt.slug));
};

/** A run that an opt-out cut off is abandoned for that first, and may go on; abandoned for anything else, it does not. */
const ended = (state: DialogState, event: Event<'DrillCompleted'> | Event<'DrillAbandoned'>): DialogState => {
  if (runOf(state)?.runId === event.runId) return withoutRun(state);
  const forGood = event.type === 'DrillAbandoned' && event.reason !== 'optedOut';
  return forGood && state.stopped?.run.runId === event.runId ? withoutStopped(state) : state;
};

const withoutStopped = ({
  stateVersion,
  trainee,
  conversation,
  optOutAnswered,
}: DialogState): DialogState => ({
  stateVersion,
  trainee,
  conversation,
  ...(optOutAnswered && { optOutAnswered }),
});

const reminded = (state: DialogState, { runId, prompt, rung }: Event<'TraineeReminded'>): DialogState => {
  const open = openQuestion(state, { runId, prompt: prompt.slug });
  return open === undefined
    ? state
    : withConversation(state, { ...open, reminded: true, ...(rung !== undefined && { rung }) });
};
