import type { Command, DialogEvent } from '@stopcovid/contracts';
import type { Facts } from './facts';
import { isMachineText } from './grading/machine-text';
import { languageOfNumber, plainLanguage } from './languages/plain-language';
import { update } from './registration';
import type { DialogState } from './state';

/**
 * Who is not registered has told us no language, so they are answered in that of their text where it is plain, and at
 * first in the one that their number suggests. It stays, and drills are in it, until they say otherwise.
 */
export const learnLanguage = (
  state: DialogState,
  { text, phone }: Command<'ReceiveSms'>,
  { isFirst = false }: Facts,
): readonly DialogEvent[] => {
  const { trainee, conversation } = state;
  if (trainee.registration !== null || conversation.status !== 'Idle' || isMachineText(text)) return [];
  const language = plainLanguage(text) ?? (isFirst ? languageOfNumber(phone) : undefined);
  return language === undefined ? [] : update(state, { language });
};
