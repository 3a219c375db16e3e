import type { Compiled } from './compile';
import { isOpposite, oneSlipApart } from './slips';
import { harmless, negators, smallWordsOf } from './vocabulary';
import { isAmount } from './words';

/** The words that a reply means, and how many of them were mistyped. */
export type Mended = { readonly words: readonly string[]; readonly slips: number };

/** Words behind these are compared as typed: it bounds the work. */
const mostMended = 64;
const shortestSlipped = 4;
/** One slip is a slip; two may be in texts of this many words. */
const longText = 4;

/** Words of a reply with the blanks that were lost or added: `icebath`, `finger tips`, `2 to 3` for `2-3`. */
export const mendBlanks = ({ joined, vocabulary }: Compiled, words: readonly string[]): readonly string[] => {
  const known = (word: string): boolean => vocabulary.has(word);
  if (words.length > mostMended || words.every(known)) return words;
  const out: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [word = '', next = '', third = ''] = [words[at], words[at + 1], words[at + 2]];
    const pair = known(word) ? undefined : joined.get(word);
    const step = [word + next, `${word}-${next}`, `${word}-${third}`].findIndex((each) => known(each));
    if (pair) out.push(...pair);
    else if (step === 0 && next !== '' && !(known(word) && known(next))) out.push(word + next);
    else if (step === 1) out.push(`${word}-${next}`);
    else if (step === 2 && rangeWords.has(next)) out.push(`${word}-${third}`);
    else {
      out.push(word);
      continue;
    }
    at += pair ? 0 : step === 2 ? 2 : 1;
  }
  return out;
};
const rangeWords: ReadonlySet<string> = new Set(['to', 'a', 'à']);

const isFixed = ({ language }: Compiled, word: string): boolean =>
  isAmount(word) || negators.has(word) || smallWordsOf(language).has(word) || harmless.has(word);

const maySlipTo = (compiled: Compiled, typed: string, meant: string, isLong: boolean): boolean => {
  if (meant.length < (isLong ? 2 : shortestSlipped) || isAmount(meant) || negators.has(meant)) return false;
  if (Math.abs(typed.length - meant.length) > 1 || !oneSlipApart(typed, meant)) return false;
  return compiled.hasList || !isOpposite(typed, meant);
};

/** The one word of the choices that a word is a slip of. A word of the language is none, nor is one between two. */
const slippedFrom = (compiled: Compiled, typed: string, reply: readonly string[]): string | undefined => {
  if (compiled.vocabulary.has(typed) || compiled.otherWords.has(typed) || isFixed(compiled, typed))
    return undefined;
  let found: string | undefined;
  for (const [meant, plain] of compiled.spoken) {
    if (plain === found || reply.includes(plain) || !maySlipTo(compiled, typed, meant, reply.length > 2))
      continue;
    if (found !== undefined) return undefined;
    found = plain;
  }
  return found;
};

/** Words of a reply with each typing slip mended that can be told. */
export const mendSlips = (compiled: Compiled, words: readonly string[]): Mended => {
  if (words.length > mostMended) return { words, slips: 0 };
  const allowed = words.length >= longText ? 2 : 1;
  let slips = 0;
  const mended = words.map((word) => {
    const meant = slips < allowed ? slippedFrom(compiled, word, words) : undefined;
    if (meant !== undefined) slips += 1;
    return meant ?? word;
  });
  return { words: slips === 0 ? words : mended, slips };
};
