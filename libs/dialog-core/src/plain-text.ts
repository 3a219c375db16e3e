import { cleanText } from './clean-text';

/** The accents of Latin letters. Marks of other scripts, such as Khmer vowels, are part of their letters and stay. */
const latinAccents = /[\u0300-\u036f]/g;
const betweenWords = /[^\p{L}\p{M}\p{N}]+/gu;
const beyondAscii = /[^\0-\x7f]/;
/** Most replies: worth a look of its own, because every text passes here. */
const alreadyPlain = /^[a-z0-9]+(?: [a-z0-9]+)*$/;
const betweenAsciiWords = /[^a-z0-9]+/g;

/** A clean text as it is compared: lower case, without accents and punctuation, words one space apart. */
export const plainText = (text: string): string => {
  if (alreadyPlain.test(text)) return text;
  const clean = cleanText(text);
  return beyondAscii.test(clean) ? plainUnicode(clean) : plainAscii(clean);
};

const plainAscii = (text: string): string => text.toLowerCase().replace(betweenAsciiWords, ' ').trim();

const plainUnicode = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(latinAccents, '')
    .replace(betweenWords, ' ')
    .trim()
    .normalize('NFC');

/** The longest text that is stored as an answer, in UTF-16 units. */
const longestAnswer = 256;
const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const loneSurrogates = /\p{Surrogate}/gu;

/** A text as it is stored: trimmed, at most 256 UTF-16 units, never ending in half a character, always well formed. */
export const storableText = (text: string): string => {
  const trimmed = text.trim();
  const cutsPair = trimmed.length > longestAnswer && isHighSurrogate(trimmed.charCodeAt(longestAnswer - 1));
  return trimmed.slice(0, cutsPair ? longestAnswer - 1 : longestAnswer).replace(loneSurrogates, '\ufffd');
};
