import type { Polarity } from './compile';
import { afterYesOrNo, connectors, noWords, plainYesWords, unsureWords, yesWords } from './vocabulary';
import type { Words } from './words';

const polarityOfWord = (word: string): Polarity | undefined => {
  if (yesWords.has(word)) return 'yes';
  return noWords.has(word) ? 'no' : undefined;
};

/**
 * The yes or no that a text answers with: alone, or first and set off by punctuation or by a phrase like `it is not`.
 * A `no` inside a sentence (`I have no idea`) is not an answer, nor is one that is taken back (`no, no sé`).
 */
export const ownAnswer = ({ words, gaps }: Words): Polarity | 'both' | undefined => {
  const [first = '', second = ''] = words;
  const said = polarityOfWord(first);
  if (said === undefined) return undefined;
  const others = words.slice(1).filter((word) => !connectors.has(word));
  if (others.every((word) => polarityOfWord(word) !== undefined))
    return others.every((word) => polarityOfWord(word) === said) ? said : 'both';
  if (others.some((word) => unsureWords.has(word))) return undefined;
  return isSetOff(gaps[0], first, second) ? said : undefined;
};

const isSetOff = (gap: Words['gaps'][number] | undefined, first: string, second: string): boolean =>
  gap !== 'space' || afterYesOrNo.has(second) || plainYesWords.has(first);

/** A yes or no where only that was asked: one letter will do. */
export const yesOrNo = (text: Words): boolean | undefined => {
  const [only, more] = text.words;
  if (more === undefined && only === 'y') return true;
  if (more === undefined && only === 'n') return false;
  const said = ownAnswer(text);
  return said === undefined || said === 'both' ? undefined : said === 'yes';
};
