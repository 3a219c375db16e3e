import { harmless, negators, smallWordsOf } from './vocabulary';
import { isAmount } from './words';

/** Whether a word says something that tells one option from another. */
export const tells = (language: string | undefined, word: string): boolean =>
  isAmount(word) ||
  (word.length > 2 && !smallWordsOf(language).has(word) && !harmless.has(word) && !negators.has(word));
