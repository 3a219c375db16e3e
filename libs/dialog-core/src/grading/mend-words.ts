import type { Compiled } from './compile';
import { isOpposite, oneSlipApart } from './slips';
import { negators } from './vocabulary';
import { kinds, kindsOf, smallIn } from './word-kinds';
import { isAmount } from './words';

/** The words that a reply means, and how many of them were mistyped. */
export type Mended = { readonly words: readonly string[]; readonly slips: number };

/** Words behind these are compared as typed: it bounds the work. */
const mostMended = 64;
const shortestSlipped = 4;
/** Among other words, a short one is known by them. */
const shortestAmongOthers = 2;
/** One slip is a slip; two may be in texts of this many words. */
const longText = 4;

/** What some words of a text are with the right blanks, and how many words of it that was. */
type Reading = { readonly words: readonly string[]; readonly taken: number };

/** Two words of the choices that were written as one. */
const parted = ({ joined, vocabulary }: Compiled, word: string): Reading | undefined => {
  const pair = vocabulary.has(word) ? undefined : joined.get(word);
  return pair && { words: pair, taken: 1 };
};

const rangeWords: ReadonlySet<string> = new Set(['to', 'a', 'à']);

const rangeAt = ({ vocabulary }: Compiled, words: readonly string[], at: number): Reading | undefined => {
  if (!rangeWords.has(words[at + 1] ?? '')) return undefined;
  const range = `${words[at]}-${words[at + 2]}`;
  return vocabulary.has(range) ? { words: [range], taken: 3 } : undefined;
};

/** One word of the choices that was written as two, or a range whose dash was left out or written as a word. */
const united = (compiled: Compiled, words: readonly string[], at: number): Reading | undefined => {
  const { vocabulary, beginnings, endings } = compiled;
  const next = words[at + 1];
  const word = words[at] ?? '';
  if (next === undefined || !beginnings.has(word)) return undefined;
  if (!endings.has(next)) return rangeAt(compiled, words, at);
  if (vocabulary.has(word + next))
    return vocabulary.has(word) && vocabulary.has(next) ? undefined : { words: [word + next], taken: 2 };
  const range = `${word}-${next}`;
  return vocabulary.has(range) ? { words: [range], taken: 2 } : rangeAt(compiled, words, at);
};

const readingAt = (compiled: Compiled, words: readonly string[], at: number): Reading | undefined =>
  parted(compiled, words[at] ?? '') ?? united(compiled, words, at);

/** Words of a reply with the blanks that were lost or added: `icebath`, `finger tips`, `2 to 3` for `2-3`. */
export const mendBlanks = (compiled: Compiled, words: readonly string[]): readonly string[] => {
  if (words.length > mostMended || words.every((word) => compiled.vocabulary.has(word))) return words;
  const out: string[] = [];
  let isMended = false;
  for (let at = 0; at < words.length;) {
    const reading = readingAt(compiled, words, at);
    if (reading === undefined) out.push(words[at] ?? '');
    else out.push(...reading.words);
    isMended ||= reading !== undefined;
    at += reading?.taken ?? 1;
  }
  return isMended ? out : words;
};

const isFixed = ({ language }: Compiled, word: string): boolean =>
  isAmount(word) || (kindsOf(word) & (kinds.denial | kinds.harmless | smallIn(language))) !== 0;

const isSlipOf = (compiled: Compiled, typed: string, meant: string): boolean =>
  oneSlipApart(typed, meant) &&
  !isAmount(meant) &&
  !negators.has(meant) &&
  (compiled.hasList || !isOpposite(typed, meant));

/** Whether a word is what was meant: of the choices, another one of the language, or one that no slip makes. */
const isMeant = (compiled: Compiled, typed: string): boolean =>
  compiled.vocabulary.has(typed) || compiled.otherWords.has(typed) || isFixed(compiled, typed);

/** The one word of the choices that a word is a slip of. A word of the language is none, nor is one between two. */
const slippedFrom = (compiled: Compiled, typed: string, reply: readonly string[]): string | undefined => {
  if (isMeant(compiled, typed)) return undefined;
  const shortest = reply.length > 2 ? shortestAmongOthers : shortestSlipped;
  let meant: string | undefined;
  for (const [word, plain] of compiled.spoken) {
    if (word.length < shortest || plain === meant || !isSlipOf(compiled, typed, word)) continue;
    if (reply.includes(plain)) continue;
    if (meant !== undefined) return undefined;
    meant = plain;
  }
  return meant;
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
