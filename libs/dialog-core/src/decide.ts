import type { Command, DialogCommand, DialogEvent, Language } from '@stopcovid/contracts';
import type { Facts } from './facts';
import { mayBeHandedOn } from './hold-back';
import { receiveSms } from './inbound-sms';
import { english } from './languages/names';
import { regrade } from './regrade';
import { enrol, update } from './registration';
import { abandonForGood, abandonRun, carriedOn, remind, startRun } from './runs';
import { pauseSchedule, resumeSchedule } from './schedule-pause';
import { languageIn, type DialogState } from './state';
import { unreachable } from './unreachable';

/**
 * What happens when this command meets this state. An empty list means: nothing worth remembering happened. Throws
 * only when a fact that `needs` names was not fetched, or a drill lacks the prompt that its own run is at.
 */
export const decide = (state: DialogState, command: DialogCommand, facts: Facts): readonly DialogEvent[] => {
  switch (command.type) {
    case 'ReceiveSms':
      return receiveSms(state, command, facts);
    case 'StartDrill':
    case 'RepeatPrompts':
      return startRun(state, command, facts);
    case 'RemindTrainee':
      return remind(state, command, facts);
    case 'SendMessage':
      return sendMessage(state, command, facts);
    case 'UpdateTrainee':
      return updateTrainee(state, command);
    case 'EnrolTrainee':
      return enrol(state, command, facts);
    case 'OptOutTrainee':
      return optOutTrainee(state, command);
    case 'AbandonDrill':
      return abandonForGood(state, command.reason, command.runId);
    case 'PauseSchedule':
      return pauseSchedule(state, command);
    case 'ResumeSchedule':
      return resumeSchedule(state, command);
    case 'RegradeReply':
      return regrade(state, command, facts);
    case 'EraseTrainee':
      return [{ type: 'TraineeErased', ...(command.by !== undefined && { by: command.by }) }];
    default:
      return unreachable(command);
  }
};

/** A message that says when it may arrive is proactive, and others are not, such as a notice. */
const sendMessage = (
  state: DialogState,
  command: Command<'SendMessage'>,
  { at }: Facts,
): readonly DialogEvent[] => {
  const { mediaUrl, notice, broadcastId, delivery } = command;
  const isHeld = delivery === undefined ? state.trainee.optedOut : !mayBeHandedOn(state, { delivery }, at);
  if (isHeld) return [];
  const text = textIn(command, languageIn(state));
  return [
    {
      type: 'MessageRequested',
      ...(text !== undefined && { text }),
      ...(mediaUrl !== undefined && { mediaUrl }),
      ...(notice !== undefined && { notice }),
      ...(broadcastId !== undefined && { broadcastId }),
      ...carriedOn(command),
    },
  ];
};

const textIn = ({ text, texts = {} }: Command<'SendMessage'>, language: Language): string | undefined =>
  texts[language] ?? text ?? texts[english] ?? Object.values(texts)[0];

const updateTrainee = (
  state: DialogState,
  { profile, account, abandonDrill }: Command<'UpdateTrainee'>,
): readonly DialogEvent[] => [
  ...update(state, profile, account),
  ...(abandonDrill === true ? abandonForGood(state, 'updated') : []),
];

const optOutTrainee = (
  state: DialogState,
  { source, detail, messageId }: Command<'OptOutTrainee'>,
): readonly DialogEvent[] =>
  state.trainee.optedOut
    ? []
    : [
        {
          type: 'TraineeOptedOut',
          source,
          ...(detail !== undefined && { detail }),
          language: languageIn(state),
          ...(messageId !== undefined && { messageId }),
        },
        ...abandonRun(state, 'optedOut'),
      ];
