import type { DialogCommand } from '@stopcovid/contracts';
import { keywordIn, type KeywordIndex } from './keywords';
import { plainText } from './plain-text';

/**
 * Does this command withdraw consent in any state of the dialog? What does so only as an answer to a question of ours
 * does not count.
 */
export const optsOut = (command: DialogCommand, keywords: KeywordIndex): boolean => {
  if (command.type === 'OptOutTrainee') return true;
  if (command.type !== 'ReceiveSms') return false;
  return command.optOutType === 'STOP' || keywordIn(keywords, plainText(command.text))?.kind === 'optOut';
};
