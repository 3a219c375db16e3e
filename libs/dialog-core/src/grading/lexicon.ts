import { kindsOf } from './word-kinds';

/** What a word is to a prompt, one bit each, beside its kinds. */
export const traits = {
  /** A word of the choices in plain form. */
  ofChoices: 1 << 11,
  /** A word of their texts, as typed or in plain form. */
  ofTexts: 1 << 12,
  /** What a word of the choices begins with, or the word itself. */
  beginning: 1 << 13,
  /** What a word of the choices ends with, behind its first letter. */
  ending: 1 << 14,
  /** Two neighbouring words without the blank between them. */
  joined: 1 << 15,
  /** One slip away from a word of the choices, and means something else. */
  otherWord: 1 << 16,
} as const;

/** The traits and kinds of every word that is anything to a prompt. */
export type Lexicon = ReadonlyMap<string, number>;

/** A text, and what each of its words is to a prompt: traits and kinds. */
export type Told = { readonly words: readonly string[]; readonly traits: readonly number[] };

export const lexiconOf = (lists: readonly (readonly [trait: number, words: Iterable<string>])[]): Lexicon => {
  const lexicon = new Map<string, number>();
  for (const [trait, words] of lists)
    for (const word of words) lexicon.set(word, (lexicon.get(word) ?? kindsOf(word)) | trait);
  return lexicon;
};

/** What a word is to a prompt, by one look-up; most words of a prompt are in several lists. */
export const traitsOf = (lexicon: Lexicon, word: string): number => lexicon.get(word) ?? kindsOf(word);

export const told = (lexicon: Lexicon, words: readonly string[]): Told => ({
  words,
  traits: words.map((word) => traitsOf(lexicon, word)),
});

/** Whether all words of a text have one of these traits or kinds. */
export const allHave = ({ traits: each }: Told, wanted: number): boolean => {
  for (const one of each) if ((one & wanted) === 0) return false;
  return true;
};
