import type { Compiled } from './compile';
import { allHave, told, traits, traitsOf, type Told } from './lexicon';
import { isOpposite, oneSlipApart } from './slips';
import { negators } from './vocabulary';
import { kinds, smallIn } from './word-kinds';
import { isAmount } from './words';

/** The words that a reply means, and how many of them were mistyped. */
export type Mended = { readonly text: Told; readonly slips: number };

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
const parted = ({ joined }: Compiled, { words, traits: each }: Told, at: number): Reading | undefined => {
  const known = (each[at] ?? 0) & (traits.joined | traits.ofChoices);
  const pair = known === traits.joined ? joined.get(words[at] ?? '') : undefined;
  return pair && { words: pair, taken: 1 };
};

const rangeWords: ReadonlySet<string> = new Set(['to', 'a', 'à']);

const rangeAt = ({ vocabulary }: Compiled, words: readonly string[], at: number): Reading | undefined => {
  if (!rangeWords.has(words[at + 1] ?? '')) return undefined;
  const range = `${words[at]}-${words[at + 2]}`;
  return vocabulary.has(range) ? { words: [range], taken: 3 } : undefined;
};

/** One word of the choices that was written as two, or a range whose dash was left out or written as a word. */
const united = (compiled: Compiled, { words, traits: each }: Told, at: number): Reading | undefined => {
  const [first = 0, second = 0] = [each[at], each[at + 1]];
  const next = words[at + 1];
  if (next === undefined || (first & traits.beginning) === 0) return undefined;
  if ((second & traits.ending) === 0) return rangeAt(compiled, words, at);
  const { vocabulary } = compiled;
  const word = words[at] ?? '';
  if (vocabulary.has(word + next))
    return (first & second & traits.ofChoices) !== 0 ? undefined : { words: [word + next], taken: 2 };
  const range = `${word}-${next}`;
  return vocabulary.has(range) ? { words: [range], taken: 2 } : rangeAt(compiled, words, at);
};

const readingAt = (compiled: Compiled, text: Told, at: number): Reading | undefined =>
  parted(compiled, text, at) ?? united(compiled, text, at);

/** Words of a reply with the blanks that were lost or added: `icebath`, `finger tips`, `2 to 3` for `2-3`. */
export const mendBlanks = (compiled: Compiled, text: Told): Told => {
  const { words } = text;
  if (words.length > mostMended || allHave(text, traits.ofChoices)) return text;
  for (let at = 0; at < words.length; at += 1)
    if (readingAt(compiled, text, at) !== undefined) return mendFrom(compiled, text, at);
  return text;
};

const mendFrom = (compiled: Compiled, text: Told, first: number): Told => {
  const out = text.words.slice(0, first);
  for (let at = first; at < text.words.length;) {
    const reading = readingAt(compiled, text, at);
    if (reading === undefined) out.push(text.words[at] ?? '');
    else out.push(...reading.words);
    at += reading?.taken ?? 1;
  }
  return told(compiled.lexicon, out);
};

const isSlipOf = (compiled: Compiled, typed: string, meant: string): boolean =>
  oneSlipApart(typed, meant) &&
  !isAmount(meant) &&
  !negators.has(meant) &&
  (compiled.hasList || !isOpposite(typed, meant));

/** Words that are what was meant: of the choices, others of the language, and those that no slip makes. */
const meantTraits = ({ language }: Compiled): number =>
  traits.ofChoices | traits.otherWord | kinds.denial | kinds.harmless | smallIn(language);

/** The one word of the choices that a word is a slip of; none where it is one between two. */
const slippedFrom = (compiled: Compiled, typed: string, reply: readonly string[]): string | undefined => {
  if (isAmount(typed)) return undefined;
  const shortest = reply.length > 2 ? shortestAmongOthers : shortestSlipped;
  let meant: string | undefined;
  for (const { word, plain } of compiled.spoken) {
    if (word.length < shortest || plain === meant || !isSlipOf(compiled, typed, word)) continue;
    if (reply.includes(plain)) continue;
    if (meant !== undefined) return undefined;
    meant = plain;
  }
  return meant;
};

/** Words of a reply with each typing slip mended that can be told. */
export const mendSlips = (compiled: Compiled, text: Told): Mended => {
  const isMeant = meantTraits(compiled);
  if (text.words.length > mostMended || allHave(text, isMeant)) return { text, slips: 0 };
  const allowed = text.words.length >= longText ? 2 : 1;
  let [mended, slips] = [text, 0];
  for (let at = 0; at < text.words.length && slips < allowed; at += 1) {
    if (((text.traits[at] ?? 0) & isMeant) !== 0) continue;
    const meant = slippedFrom(compiled, text.words[at] ?? '', text.words);
    if (meant === undefined) continue;
    slips += 1;
    mended = withWord(compiled, mended, { at, word: meant });
  }
  return { text: mended, slips };
};

const withWord = (
  { lexicon }: Compiled,
  { words, traits: each }: Told,
  { at, word }: { readonly at: number; readonly word: string },
): Told => ({ words: words.with(at, word), traits: each.with(at, traitsOf(lexicon, word)) });
