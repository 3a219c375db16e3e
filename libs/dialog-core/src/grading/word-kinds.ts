import { numberWords } from './number-words';
import {
  alternatives,
  becauseWords,
  harmless,
  mereCourtesy,
  negators,
  noWords,
  smallWordsOf,
  yesWords,
} from './vocabulary';

/** Kinds of small words, one bit each: a word, or all words of a text together, are of several. */
export const kinds = {
  harmless: 1,
  courtesy: 2,
  denial: 4,
  yesOrNo: 8,
  because: 16,
  or: 32,
  number: 64,
  smallEnglish: 128,
  smallSpanish: 256,
  smallFrench: 512,
  /** No kind of a word, but of a text: not all of it is ASCII. */
  beyondAscii: 1024,
} as const;

const wordsByKind: readonly (readonly [kind: number, words: ReadonlySet<string>])[] = [
  [kinds.harmless, harmless],
  [kinds.courtesy, mereCourtesy],
  [kinds.denial, negators],
  [kinds.yesOrNo, yesWords],
  [kinds.yesOrNo, noWords],
  [kinds.because, becauseWords],
  [kinds.or, alternatives],
  [kinds.number, numberWords],
  [kinds.smallEnglish, smallWordsOf('en')],
  [kinds.smallSpanish, smallWordsOf('es')],
  [kinds.smallFrench, smallWordsOf('fr')],
];

const kindsByWord = new Map<string, number>();
for (const [kind, words] of wordsByKind)
  for (const word of words) kindsByWord.set(word, (kindsByWord.get(word) ?? 0) | kind);

/** All kinds that a word is of, by one look-up: asking each list by itself was most of the work of grading. */
export const kindsOf = (word: string): number => kindsByWord.get(word) ?? 0;

const smallByLanguage: Readonly<Record<string, number>> = {
  en: kinds.smallEnglish,
  es: kinds.smallSpanish,
  fr: kinds.smallFrench,
};

/** The kind of the small words of a language, as `smallWordsOf` has them. */
export const smallIn = (language: string | undefined): number => smallByLanguage[language ?? 'en'] ?? 0;
