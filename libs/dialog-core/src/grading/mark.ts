import { withoutAccents } from './accents';
import type { Compiled } from './compile';
import { fillersOf, markLeads } from './vocabulary';
import { kinds, kindsOf } from './word-kinds';
import { isNumber, type Words } from './words';

/** How a reply begins. `choice` is absent for a mark that no option has; `rest` is where the words after it begin. */
export type Mark =
  | { readonly kind: 'bare'; readonly choice: number }
  | { readonly kind: 'several' }
  | {
      readonly kind: 'leading';
      readonly choice: number | undefined;
      readonly rest: number;
      readonly clear: boolean;
    };

const skipLeads = (words: readonly string[], marks: ReadonlyMap<string, number>): number => {
  let at = 0;
  while (at < words.length - 1 && markLeads.has(words[at] ?? '') && !marks.has(words[at] ?? '')) at += 1;
  return at;
};

const oneLetter = /^\p{L}\p{M}*$/u;
const looksLikeMark = (word: string): boolean =>
  isNumber(word) ? word.length <= 2 : word.length <= 4 && oneLetter.test(word);

/** Words of one letter, in some language. */
const letterWords: ReadonlySet<string> = new Set(['a', 'i', 'y', 'o', 'e', 'u', 'à', 'ó']);

/** How far behind the last mark a letter may be and still be taken for one: `d` where there are a to c. */
const nearMarks = 3;

const isNearMark = ({ marks }: Compiled, word: string): boolean => {
  const code = word.codePointAt(0) ?? 0;
  return [...marks.keys()].some((mark) => Math.abs((mark.codePointAt(0) ?? 0) - code) <= nearMarks);
};

/** More words than these say more than a mark. */
const mostAround = 16;

/** The one mark in a reply that says nothing else: `The correct answer is (B).`, `b please`, `c'est la c`. */
export const loneMark = ({ marks, language }: Compiled, { words }: Words): number | 'several' | undefined => {
  if (marks.size === 0 || words.length > mostAround) return undefined;
  let found: number | 'several' | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const choice = isArticleHere(language, words, at) ? undefined : marks.get(word);
    if (choice !== undefined) found = found === undefined || found === choice ? choice : 'several';
    else if ((kindsOf(withoutAccents(word)) & kinds.harmless) === 0) return undefined;
  }
  return found;
};

/** "I have a choice", "a la b": a letter that is a word when another word follows it. */
const isArticleHere = (language: string | undefined, words: readonly string[], at: number): boolean => {
  const next = words[at + 1];
  if (next === undefined || at === 0) return false;
  if (words[at] === 'i') return true;
  return words[at] === 'a' && language !== 'fr' && (markLeads.has(next) || next === 'good');
};

/** Reads the mark that a reply begins with, if the prompt's options have marks at all. */
export const readMark = (compiled: Compiled, reply: Words): Mark | undefined => {
  const { words, gaps } = reply;
  const { marks } = compiled;
  if (marks.size === 0) return undefined;
  const at = skipLeads(words, marks);
  const word = words[at] ?? '';
  const choice = marks.get(word);
  if (choice === undefined) return foreignMark(compiled, reply, at);
  if (words.length <= 16 && words.slice(at).every((each) => marks.has(each)))
    return words.slice(at).every((each) => each === word) ? { kind: 'bare', choice } : { kind: 'several' };
  const clear = gaps[at] === 'mark';
  if (!clear && isArticle(compiled, word, words[at + 1] ?? '')) return undefined;
  return { kind: 'leading', choice, rest: at + 1, clear };
};

/** A mark that no option has: `d) for 20 seconds` where the last option is c. */
const foreignMark = (compiled: Compiled, { words, gaps }: Words, at: number): Mark | undefined => {
  const word = words[at] ?? '';
  if (at >= words.length - 1 || !looksLikeMark(word)) return undefined;
  const foreign = { kind: 'leading', choice: undefined, rest: at + 1, clear: true } as const;
  if (gaps[at] === 'mark') return foreign;
  if (isNumber(word) || gaps[at] !== 'space' || !isNearMark(compiled, word)) return undefined;
  return isWordOfALetter(compiled, word, words[at + 1] ?? '') ? undefined : foreign;
};

/** `y` is Spanish for and: not every letter that stands alone marks something. */
const isWordOfALetter = (compiled: Compiled, word: string, next: string): boolean =>
  letterWords.has(word) && (word !== 'a' || isArticle(compiled, word, next));

/** `a mask` is English for a mask; `a for 20 seconds` and `a 20 seconds` are option a. */
const isArticle = ({ language }: Compiled, word: string, next: string): boolean =>
  word === 'a' &&
  (language === 'en' || language === undefined) &&
  !isNumber(next) &&
  !fillersOf('en').has(next);
