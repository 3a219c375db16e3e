import type { DialogEvent, Event, Timestamp, Trainee } from '@stopcovid/contracts';
import { runOf, withoutRun, type DialogState, type Run } from './state';
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
        account: mergeAccount(state.trainee.account, event.account),
      });
    case 'TraineeOptedOut':
      return withoutRun(withTrainee(state, { optedOut: true }));
    case 'TraineeOptedIn':
      return withTrainee(state, { optedOut: false });
    case 'DrillStarted':
      return started(state, event);
    case 'PromptCompleted':
      return completed(state, event);
    case 'PromptFailed':
      return failed(state, event);
    case 'PromptAdvanced':
      return advanced(state, event);
    case 'DrillCompleted':
    case 'DrillAbandoned':
      return runOf(state)?.runId === event.runId ? withoutRun(state) : state;
    case 'TraineeReminded':
      return reminded(state, event);
    case 'RegistrationRefused':
    case 'RegistrationUnavailable':
    case 'NextDrillRequested':
    case 'DrillRequested':
    case 'MessageRequested':
    case 'MenuRequested':
    case 'SupportRequested':
    case 'InfoRequested':
    case 'HelpRequested':
    case 'DemoRequested':
    case 'ThanksReceived':
    case 'TextNotUnderstood':
      return state;
    default:
      return unreachable(event);
  }
};

const withTrainee = (state: DialogState, changes: Partial<Trainee>): DialogState => ({
  ...state,
  trainee: { ...state.trainee, ...changes },
});

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

const started = (state: DialogState, event: Event<'DrillStarted'>): DialogState => {
  if (state.trainee.optedOut) return state;
  const { runId, drill, revision, prompt } = event;
  return {
    ...state,
    conversation: {
      status: 'AwaitingReply',
      run: { runId, drill, revision, right: 0, graded: 0 },
      prompt: prompt.slug,
      failures: 0,
      reminded: false,
    },
  };
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
  const { correct, stored } = event;
  const { run } = open;
  const { trainee } = state;
  return {
    ...state,
    trainee:
      stored === undefined
        ? trainee
        : { ...trainee, profile: storeAnswer(trainee.profile, stored.field, stored.value) },
    conversation: {
      status: 'BetweenPrompts',
      run: correct === true ? { ...run, right: run.right + 1, graded: run.graded + 1 } : run,
    },
  };
};

const failed = (state: DialogState, event: Event<'PromptFailed'>): DialogState => {
  const open = openQuestion(state, event);
  if (open === undefined) return state;
  const { run } = open;
  return {
    ...state,
    conversation: event.abandoned
      ? { status: 'BetweenPrompts', run: { ...run, graded: run.graded + 1 } }
      : { ...open, failures: open.failures + 1 },
  };
};

const advanced = (state: DialogState, { runId, prompt }: Event<'PromptAdvanced'>): DialogState => {
  const run = runOf(state);
  if (run?.runId !== runId) return state;
  return {
    ...state,
    conversation: { status: 'AwaitingReply', run, prompt: prompt.slug, failures: 0, reminded: false },
  };
};

const reminded = (state: DialogState, { runId, prompt }: Event<'TraineeReminded'>): DialogState => {
  const open = openQuestion(state, { runId, prompt: prompt.slug });
  return open === undefined ? state : { ...state, conversation: { ...open, reminded: true } };
};
