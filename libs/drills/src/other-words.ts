import type { DrillContent, Language, Prompt } from '@stopcovid/contracts';
import { plainText } from '@stopcovid/dialog-core';
import { stemmer as englishStem } from '@orama/stemmers/english';
import { stemmer as frenchStem } from '@orama/stemmers/french';
import { stemmer as spanishStem } from '@orama/stemmers/spanish';
import { readFileSync } from 'node:fs';

type Lexicon = { readonly file: () => string; readonly stem: (word: string) => string };

/** The languages that we have word lists of. The drills of any other language are graded without. */
const lexicons: Readonly<Partial<Record<string, Lexicon>>> = {
  en: { file: () => require.resolve('an-array-of-english-words'), stem: englishStem },
  es: { file: () => require.resolve('an-array-of-spanish-words'), stem: spanishStem },
  fr: { file: () => require.resolve('an-array-of-french-words'), stem: frenchStem },
};

/** The lists are full of words of two and three letters that nobody writes: `ar` would keep `air` from being heard. */
const shortest = 4;
const letters = [...'abcdefghijklmnopqrstuvwxyz'];

/** All that one slip makes of a word: a letter lost, swapped with the next, replaced or added. */
const slipsOf = (word: string): readonly string[] =>
  Array.from({ length: word.length + 1 }, (_, at) => {
    const [before, after] = [word.slice(0, at), word.slice(at)];
    return [
      before + after.slice(1),
      before + after.charAt(1) + after.charAt(0) + after.slice(2),
      ...letters.flatMap((letter) => [before + letter + after.slice(1), before + letter + after]),
    ];
  }).flat();

/** What was found for a word stays; the lists, of many megabytes, are read when a new word comes and let go again. */
const found = new Map<string, Map<string, readonly string[]>>();

const beyondAscii = /[^a-z]/;
const accents = /[\u0300-\u036f]/g;

const listed = ({ file }: Lexicon, candidates: ReadonlySet<string>): ReadonlySet<string> => {
  const list = JSON.parse(readFileSync(file(), 'utf8')) as readonly string[];
  const real = new Set<string>();
  for (const word of list) {
    const plain = beyondAscii.test(word) ? word.normalize('NFD').replace(accents, '') : word;
    if (candidates.has(plain)) real.add(plain);
  }
  return real;
};

const look = (language: string, words: readonly string[], lexicon: Lexicon): void => {
  const known = found.get(language) ?? new Map<string, readonly string[]>();
  found.set(language, known);
  const slips = new Map(words.filter((word) => !known.has(word)).map((word) => [word, slipsOf(word)]));
  if (slips.size === 0) return;
  const real = listed(
    lexicon,
    new Set([...slips.values()].flat().filter(({ length }) => length >= shortest)),
  );
  for (const [word, candidates] of slips)
    known.set(
      word,
      candidates.filter(
        (slip) => real.has(slip) && slip !== word && lexicon.stem(slip) !== lexicon.stem(word),
      ),
    );
};

const textsOf = ({ options, answers }: Prompt, language: Language): readonly string[] => [
  ...(options ?? []).flatMap((option) =>
    [option.text[language] ?? [], option.accept?.[language] ?? []].flat(),
  ),
  ...(answers?.[language] ?? []),
];

const wordsOf = (prompt: Prompt, language: Language): readonly string[] => {
  const words = textsOf(prompt, language).flatMap((text) => plainText(text).split(' '));
  return [...new Set(words.filter((word) => word.length >= shortest && /^[a-z]+$/.test(word)))];
};

const addTo = (prompt: Prompt, languages: readonly Language[]): Prompt => {
  const otherWords: Record<Language, string[]> = {};
  for (const language of languages) {
    const words = wordsOf(prompt, language);
    const others = words.flatMap((word) => found.get(language)?.get(word) ?? []);
    if (others.length > 0) otherWords[language] = [...new Set(others)].sort();
  }
  return Object.keys(otherWords).length === 0 ? prompt : { ...prompt, otherWords };
};

/** Looks up all words of prompts at once, so that each list is read once. */
const lookUp = (prompts: readonly Prompt[], languages: readonly Language[]): void => {
  for (const language of languages) {
    const lexicon = lexicons[language];
    const words = prompts.flatMap((prompt) => wordsOf(prompt, language));
    if (lexicon) look(language, words, lexicon);
  }
};

/** Prompts with the words of their languages that a slip could make of their own: see `otherWords` of the content. */
export const withOtherWords = (
  prompts: readonly Prompt[],
  languages: readonly Language[],
): readonly Prompt[] => {
  lookUp(prompts, languages);
  return prompts.map((prompt) => addTo(prompt, languages));
};

/** Drills, each ready to be graded. */
export const prepareDrills = (contents: readonly DrillContent[]): readonly DrillContent[] => {
  const languages = [...new Set(contents.flatMap((content) => content.languages))];
  lookUp(
    contents.flatMap(({ prompts }) => prompts),
    languages,
  );
  return contents.map((content) => ({
    ...content,
    prompts: content.prompts.map((prompt) => addTo(prompt, content.languages)),
  }));
};

/** What was found for a drill, by prompt and language: what its content is stored beside, not with. */
export type OtherWords = Readonly<Record<string, NonNullable<Prompt['otherWords']>>>;

/** What the reader of this drill found. */
export const otherWordsOf = ({ prompts }: DrillContent): OtherWords =>
  Object.fromEntries(
    prompts.flatMap(({ slug, otherWords }) =>
      otherWords === undefined ? [] : [[slug, otherWords] as const],
    ),
  );

/** A drill as it was written, with what its reader had found. */
export const withFound = (content: DrillContent, found: OtherWords): DrillContent => ({
  ...content,
  prompts: content.prompts.map((prompt) => {
    const otherWords = found[prompt.slug];
    return otherWords === undefined ? prompt : { ...prompt, otherWords };
  }),
});

/**
 * A drill as its author would write it: without what its reader found. This is what is hashed, stored and sent, so that
 * a release that knows of no such words reads it too, and a drill keeps its name whatever lists we have.
 */
export const asWritten = (content: DrillContent): DrillContent => ({
  ...content,
  prompts: content.prompts.map(({ otherWords: _others, ...prompt }) => prompt),
});
