import type { Command, DialogCommand } from '@stopcovid/contracts';
import type { Needs } from './facts';
import { needsOfStopped } from './go-on';
import { reservedAnswer, type KeywordIndex } from './keywords';
import { rowOf } from './meanings';
import { confirmsAgain, optsIn } from './opts-in';
import { codeIn, enrolmentCode, isUnsettled } from './registration';
import { needsOfOpen, needsOfRepeats } from './repeats';
import { mayStart, remindable } from './runs';
import type { DialogState } from './state';
import { unreachable } from './unreachable';

/** What must be known before this command can be decided in this state. */
export const needs = (state: DialogState, command: DialogCommand, keywords: KeywordIndex): Needs => {
  switch (command.type) {
    case 'ReceiveSms':
      return needsOfText(state, command, keywords);
    case 'StartDrill':
      return mayStart(state, command) ? { ...needsOfStart(command), ...needsOfRepeats(command) } : {};
    case 'RepeatPrompts':
      return mayStart(state, command) ? needsOfRepeats(command) : {};
    case 'RemindTrainee':
      return remindable(state, command) === undefined ? {} : needsOfOpen(state);
    case 'EnrolTrainee':
      return !state.trainee.optedOut && isUnsettled(state) && command.account === undefined
        ? { registration: enrolmentCode(command.code) }
        : {};
    case 'SendMessage':
    case 'UpdateTrainee':
    case 'OptOutTrainee':
    case 'AbandonDrill':
    case 'PauseSchedule':
    case 'ResumeSchedule':
    case 'RegradeReply':
    case 'EraseTrainee':
      return {};
    default:
      return unreachable(command);
  }
};

/** Content that travels with the command is not fetched; the caller makes a revision of it. */
const needsOfStart = ({ drill, revision, content }: Command<'StartDrill'>): Needs => {
  if (content !== undefined) return {};
  return { drill: revision === undefined ? { current: drill } : { revision } };
};

const needsOfText = (state: DialogState, command: Command<'ReceiveSms'>, keywords: KeywordIndex): Needs => {
  if (state.trainee.optedOut)
    return optsIn(command, keywords) && !confirmsAgain(state, command) ? needsOfStopped(state) : {};
  const { text } = command;
  const reserved = reservedAnswer(keywords, text);
  if (reserved !== undefined && rowOf(reserved).asksAgain !== true) return {};
  const open = needsOfOpen(state);
  const code = reserved === undefined && listensForCodes(state) ? codeIn(text, keywords) : undefined;
  return code === undefined ? open : { ...open, registration: code };
};

/** During a question only demo people's texts may be codes; everybody else's are answers. */
const listensForCodes = (state: DialogState): boolean =>
  isUnsettled(state) &&
  (state.trainee.registration?.demo === true || state.conversation.status !== 'AwaitingReply');
