import type { Command, DialogCommand } from '@stopcovid/contracts';
import type { Needs } from './facts';
import { reservedAnswer, type KeywordIndex } from './keywords';
import { rowOf } from './meanings';
import { codeIn, enrolmentCode, isUnsettled } from './registration';
import { mayStart, remindable } from './runs';
import type { DialogState } from './state';
import { unreachable } from './unreachable';

/** What must be known before this command can be decided in this state. */
export const needs = (state: DialogState, command: DialogCommand, keywords: KeywordIndex): Needs => {
  switch (command.type) {
    case 'ReceiveSms':
      return needsOfText(state, command, keywords);
    case 'StartDrill':
      return mayStart(state, command) ? needsOfStart(command) : {};
    case 'RemindTrainee':
      return remindable(state, command) === undefined ? {} : openRevision(state);
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

const openRevision = ({ conversation }: DialogState): Needs =>
  conversation.status === 'AwaitingReply' ? { drill: { revision: conversation.run.revision } } : {};

const needsOfText = (state: DialogState, { text }: Command<'ReceiveSms'>, keywords: KeywordIndex): Needs => {
  if (state.trainee.optedOut) return {};
  const reserved = reservedAnswer(keywords, text);
  if (reserved !== undefined && rowOf(reserved).asksAgain !== true) return {};
  const drill = openRevision(state);
  const code = reserved === undefined && listensForCodes(state) ? codeIn(text, keywords) : undefined;
  return code === undefined ? drill : { ...drill, registration: code };
};

/** During a question only demo people's texts may be codes; everybody else's are answers. */
const listensForCodes = (state: DialogState): boolean =>
  isUnsettled(state) &&
  (state.trainee.registration?.demo === true || state.conversation.status !== 'AwaitingReply');
