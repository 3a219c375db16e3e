import type { Compiled, Spelling } from './compile';
import { isOpposite, oneSlipApart } from './slips';
import { denies, negators, neutralWords, smallWordsOf, harmless } from './vocabulary';
import { isAmount } from './words';

/** A word of the language in place of another passes for a slip in a text of so many words that are right. */
const mostlyRight = 3;

/** Whether a word says something that tells one option from another. */
export const tells = ({ language }: Compiled, word: string): boolean =>
  isAmount(word) ||
  (word.length > 2 && !smallWordsOf(language).has(word) && !harmless.has(word) && !negators.has(word));

/** The one place where two texts of the same length differ; nothing where they differ in more. */
const onlyDifference = (typed: readonly string[], meant: readonly string[]): number | undefined => {
  if (typed.length !== meant.length) return undefined;
  const at = typed.findIndex((word, index) => word !== meant[index]);
  return at >= 0 && typed.slice(at + 1).every((word, index) => word === meant[at + 1 + index])
    ? at
    : undefined;
};

const isFree = (compiled: Compiled, typed: string, meant: string): boolean =>
  !isAmount(typed) &&
  !isAmount(meant) &&
  !denies(compiled.language, typed) &&
  !compiled.vocabulary.has(typed) &&
  !isOpposite(typed, meant) &&
  (!smallWordsOf(compiled.language).has(typed) || (neutralWords.has(typed) && neutralWords.has(meant)));

const isNear = (compiled: Compiled, spelling: Spelling, typed: readonly string[]): boolean => {
  const at = onlyDifference(typed, spelling.list);
  const one = at === undefined ? undefined : typed[at];
  return at !== undefined && one !== undefined && isSlipAt(compiled, spelling, { at, one });
};

/** Whether a word in a place of an option's text is a slip there, and the others say which option it is. */
const isSlipAt = (
  compiled: Compiled,
  { list, leads }: Spelling,
  { at, one }: { readonly at: number; readonly one: string },
): boolean => {
  const meant = list[at] ?? '';
  if (!oneSlipApart(one, meant) || !isFree(compiled, one, meant)) return false;
  if (negators.has(meant) && !(at === 0 && leads !== undefined)) return false;
  const right = list.filter((word, index) => index !== at && tells(compiled, word)).length;
  return right >= 2 && (!compiled.otherWords.has(one) || list.length > mostlyRight);
};

/** The choice whose text is the typed one but for one slip in one word, however short, among words that tell. */
export const nearText = (compiled: Compiled, typed: readonly string[]): number | undefined => {
  const choices = new Set(
    compiled.spellings.filter((spelling) => isNear(compiled, spelling, typed)).map(({ choice }) => choice),
  );
  const [choice] = choices;
  return choices.size === 1 ? choice : undefined;
};

/** Whether a short word is no word but a slip of a small one of the option's: `teh`, `yy`, `lla`. */
export const isSlippedSmall = (compiled: Compiled, { list }: Spelling, typed: string): boolean =>
  typed.length <= 4 &&
  !isAmount(typed) &&
  !negators.has(typed) &&
  !compiled.vocabulary.has(typed) &&
  !smallWordsOf(compiled.language).has(typed) &&
  list.some((word) => !tells(compiled, word) && !negators.has(word) && oneSlipApart(typed, word));
