import type { Compiled, Spelling } from './compile';
import { traits, traitsOf } from './lexicon';
import { tells } from './telling';
import { isOpposite, oneSlipApart } from './slips';
import { denies, negators, neutralWords, smallWordsOf } from './vocabulary';
import { isAmount } from './words';

/** A word of the language in place of another passes for a slip in a text of so many words that are right. */
const mostlyRight = 3;

/** The one place where two texts of the same length differ; nothing where they differ in more or none. */
const onlyDifference = (typed: readonly string[], meant: readonly string[]): number | undefined => {
  let found: number | undefined;
  for (let at = 0; at < typed.length; at += 1) {
    if (typed[at] === meant[at]) continue;
    if (found !== undefined) return undefined;
    found = at;
  }
  return found;
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
  { list, leads, telling }: Spelling,
  { at, one }: { readonly at: number; readonly one: string },
): boolean => {
  const meant = list[at] ?? '';
  if (!oneSlipApart(one, meant) || !isFree(compiled, one, meant)) return false;
  if (negators.has(meant) && !(at === 0 && leads !== undefined)) return false;
  const right = telling - (tells(compiled.language, meant) ? 1 : 0);
  return (
    right >= 2 && (list.length > mostlyRight || (traitsOf(compiled.lexicon, one) & traits.otherWord) === 0)
  );
};

/** The choice whose text is the typed one but for one slip in one word, however short, among words that tell. */
export const nearText = (compiled: Compiled, typed: readonly string[]): number | undefined => {
  let found: number | undefined;
  for (const spelling of compiled.spellings) {
    if (spelling.list.length !== typed.length || !isNear(compiled, spelling, typed)) continue;
    if (found !== undefined && found !== spelling.choice) return undefined;
    found = spelling.choice;
  }
  return found;
};

/** Whether a short word is no word but a slip of a small one of the option's: `teh`, `yy`, `lla`. */
export const isSlippedSmall = (compiled: Compiled, { list }: Spelling, typed: string): boolean =>
  typed.length <= 4 &&
  !isAmount(typed) &&
  !negators.has(typed) &&
  !compiled.vocabulary.has(typed) &&
  !smallWordsOf(compiled.language).has(typed) &&
  list.some((word) => !tells(compiled.language, word) && !negators.has(word) && oneSlipApart(typed, word));
