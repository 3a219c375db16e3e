import type { Command, DialogEvent, Event } from '@stopcovid/contracts';
import { drillFact, type Facts } from './facts';
import { askedPrompt } from './prompts';
import { languageIn, runOf, type AwaitingReply, type DialogState } from './state';

/** Ends the run in progress, if there is one, saying why and at which question. */
export const abandonRun = (
  state: DialogState,
  reason: Event<'DrillAbandoned'>['reason'],
): readonly DialogEvent[] => {
  const run = runOf(state);
  if (run === undefined) return [];
  const { conversation } = state;
  return [
    {
      type: 'DrillAbandoned',
      runId: run.runId,
      drill: run.drill,
      ...(conversation.status === 'AwaitingReply' && { prompt: conversation.prompt }),
      reason,
    },
  ];
};

/** Whether a command would start a run that has not begun: who opted out starts nothing, and a repeat starts nothing new. */
export const mayStart = (state: DialogState, command: Command<'StartDrill'>): boolean =>
  !state.trainee.optedOut && (command.runId === undefined || command.runId !== runOf(state)?.runId);

/** What only a schedule wants can wait. A spent budget is named first: it lasts longer than any queue. */
const whyPostponed = (
  { reason }: Command<'StartDrill'>,
  { budgetSpent, congested }: Facts,
): Event<'DrillPostponed'>['reason'] | undefined => {
  if (reason !== 'scheduled') return undefined;
  if (budgetSpent === true) return 'budget';
  return congested === true ? 'congestion' : undefined;
};

/**
 * Starts a drill at its first prompt. A run in progress is abandoned first, and said to be; it goes on when the start
 * is held back.
 */
export const startDrill = (
  state: DialogState,
  command: Command<'StartDrill'>,
  facts: Facts,
): readonly DialogEvent[] => {
  const runId = command.runId ?? facts.runId;
  if (!mayStart(state, { ...command, runId })) return [];
  const { hash, content } = drillFact(facts);
  const postponed = whyPostponed(command, facts);
  if (postponed !== undefined) return [{ type: 'DrillPostponed', drill: content.slug, reason: postponed }];
  const [first] = content.prompts;
  if (first === undefined) throw new Error(`drill ${content.slug} has no prompts`);
  return [
    ...abandonRun(state, 'replaced'),
    {
      type: 'DrillStarted',
      runId,
      drill: content.slug,
      revision: hash,
      reason: command.reason,
      prompt: askedPrompt(content, first.slug, languageIn(state)),
    },
  ];
};

/** The question that a reminder is about, if it is still open, not yet reminded of, and its trainee may be written to. */
export const remindable = (
  { trainee, conversation }: DialogState,
  { runId, prompt }: Command<'RemindTrainee'>,
): AwaitingReply | undefined => {
  if (trainee.optedOut || trainee.registration === null) return undefined;
  if (conversation.status !== 'AwaitingReply' || conversation.reminded) return undefined;
  return conversation.run.runId === runId && conversation.prompt === prompt ? conversation : undefined;
};

/** Reminds once of an open question; anything else about it has become stale, and is no event. */
export const remind = (
  state: DialogState,
  command: Command<'RemindTrainee'>,
  facts: Facts,
): readonly DialogEvent[] => {
  const open = remindable(state, command);
  if (open === undefined) return [];
  const prompt = askedPrompt(drillFact(facts).content, open.prompt, languageIn(state));
  return [{ type: 'TraineeReminded', runId: open.run.runId, drill: open.run.drill, prompt }];
};
