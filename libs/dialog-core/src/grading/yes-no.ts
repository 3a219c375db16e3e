import type { Polarity } from './compile';
import { unstretched } from './stretched';
import {
  afterYesOrNo,
  connectors,
  consenting,
  harmless,
  negators,
  noWords,
  plainYesWords,
  unsureWhenDenied,
  unsureWords,
  yesWords,
} from './vocabulary';
import { kinds } from './word-kinds';
import type { Words } from './words';

const polarityOfWord = (typed: string): Polarity | undefined => {
  const word = unstretched(typed);
  if (yesWords.has(word)) return 'yes';
  return noWords.has(word) ? 'no' : undefined;
};

const takesBack = (words: readonly string[]): boolean =>
  words.some(
    (word, at) =>
      unsureWords.has(word) || (unsureWhenDenied.has(word) && at > 0 && negators.has(words[at - 1] ?? '')),
  );

/** Where the answer itself begins: behind `I think it is`, `creo que`. */
const answerStart = (words: readonly string[]): number => {
  let at = 0;
  while (
    at < words.length - 1 &&
    harmless.has(words[at] ?? '') &&
    polarityOfWord(words[at] ?? '') === undefined
  )
    at += 1;
  return at;
};

/**
 * The yes or no that a text answers with: alone, or first and set off by punctuation or by a phrase like `it is not`.
 * A `no` inside a sentence (`I have no idea`) is not an answer, nor is one that is taken back (`no, no sé`).
 */
export const ownAnswer = (text: Words): Polarity | 'both' | undefined => {
  if ((text.kinds & kinds.yesOrNo) === 0) return undefined;
  const start = answerStart(text.words);
  const said = polarityOfWord(text.words[start] ?? '');
  if (said === undefined) return undefined;
  const words = text.words.slice(start);
  const others = words.slice(1).filter((word) => !connectors.has(word));
  if (others.every((word) => polarityOfWord(word) !== undefined))
    return others.every((word) => polarityOfWord(word) === said) ? said : 'both';
  if (takesBack(words)) return undefined;
  if (others.every((word) => harmless.has(word))) return said;
  return isSetOff(text, start) ? said : undefined;
};

const isSetOff = ({ words, gaps }: Words, at: number): boolean =>
  gaps[at] !== 'space' ||
  afterYesOrNo.has(words[at + 1] ?? '') ||
  plainYesWords.has(unstretched(words[at] ?? ''));

/** A yes or no where only that was asked: one letter will do. */
export const yesOrNo = (text: Words): boolean | undefined => {
  const [only, more] = text.words;
  if (more === undefined && only === 'y') return true;
  if (more === undefined && only === 'n') return false;
  if (text.words.length > 0 && text.words.every((word) => consenting.has(unstretched(word)))) return true;
  const said = ownAnswer(text);
  return said === undefined || said === 'both' ? undefined : said === 'yes';
};
