import { kinds, kindsOf, smallIn } from './word-kinds';
import { isAmount } from './words';

/** Whether a word says something that tells one option from another. */
export const tells = (language: string | undefined, word: string): boolean =>
  isAmount(word) ||
  (word.length > 2 && (kindsOf(word) & (kinds.harmless | kinds.denial | smallIn(language))) === 0);
