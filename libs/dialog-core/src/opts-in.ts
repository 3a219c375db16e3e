import type { Command } from '@stopcovid/contracts';
import type { KeywordIndex } from './keywords';
import { plainText } from './plain-text';

/** Whether a text of somebody who opted out asks for texts again, by one of our words or by one of the carrier's. */
export const optsIn = (
  { text, optOutType }: Pick<Command<'ReceiveSms'>, 'text' | 'optOutType'>,
  { optIn }: KeywordIndex,
): boolean => optOutType === 'START' || optIn.has(plainText(text));
