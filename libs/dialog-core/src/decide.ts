import type { Command, DialogCommand, DialogEvent } from '@stopcovid/contracts';
import type { Facts } from './facts';
import { receiveSms } from './inbound-sms';
import { enrol, update } from './registration';
import { abandonRun, remind, startDrill } from './runs';
import { pauseSchedule, resumeSchedule } from './schedule-pause';
import { languageIn, runOf, type DialogState } from './state';
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
      return startDrill(state, command, facts);
    case 'RemindTrainee':
      return remind(state, command, facts);
    case 'SendMessage':
      return sendMessage(state, command);
    case 'UpdateTrainee':
      return updateTrainee(state, command);
    case 'EnrolTrainee':
      return enrol(state, command, facts);
    case 'OptOutTrainee':
      return optOutTrainee(state, command);
    case 'AbandonDrill':
      return runOf(state)?.runId === command.runId ? abandonRun(state, command.reason) : [];
    case 'PauseSchedule':
      return pauseSchedule(state, command);
    case 'ResumeSchedule':
      return resumeSchedule(state, command);
    default:
      return unreachable(command);
  }
};

const sendMessage = (
  { trainee }: DialogState,
  { text, mediaUrl, notice }: Command<'SendMessage'>,
): readonly DialogEvent[] =>
  trainee.optedOut
    ? []
    : [
        {
          type: 'MessageRequested',
          ...(text !== undefined && { text }),
          ...(mediaUrl !== undefined && { mediaUrl }),
          ...(notice !== undefined && { notice }),
        },
      ];

const updateTrainee = (
  state: DialogState,
  { profile, account, abandonDrill }: Command<'UpdateTrainee'>,
): readonly DialogEvent[] => [
  ...update(state, profile, account),
  ...(abandonDrill === true ? abandonRun(state, 'updated') : []),
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
