import type { Command } from '@stopcovid/contracts';
import type { KeywordIndex } from './keywords';
import { saysYes } from './free-opt-out';
import { plainText } from './plain-text';
import type { DialogState } from './state';

type Received = Pick<Command<'ReceiveSms'>, 'text' | 'optOutType'>;

/** Whether a text of somebody who opted out asks for texts again, by one of our words or by one of the carrier's. */
export const optsIn = ({ text, optOutType }: Received, { optIn }: KeywordIndex): boolean =>
  optOutType === 'START' || optIn.has(plainText(text));

/** Whether a text only says once more that we are to stop: yes, to a question of ours that an opt-out has answered. */
export const confirmsAgain = ({ optOutAnswered }: DialogState, { text, optOutType }: Received): boolean =>
  optOutAnswered === true && optOutType !== 'START' && saysYes(plainText(text));
