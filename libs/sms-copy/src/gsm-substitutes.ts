import { segmentsOf } from './segments';

/**
 * Signs that editors put in place of the plain one, and the plain one in GSM-7. Marks alone: no letter is here, since
 * `í` without its accent is another word to some reader, and neither is anything that joins letters or emojis.
 */
const substitutes: ReadonlyMap<string, string> = new Map([
  ...[...'‘’‚‛′‵`´ʼ'].map((sign) => [sign, "'"] as const),
  ...[...'“”„‟″«»'].map((sign) => [sign, '"'] as const),
  ...[...'‐‑‒–—―−'].map((sign) => [sign, '-'] as const),
  ...[...'\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000'].map(
    (blank) => [blank, ' '] as const,
  ),
  ...[...'\u2028\u2029'].map((separator) => [separator, '\n'] as const),
  /* Soft hyphen, zero-width blank, word joiner, byte order mark: nobody sees them. */
  ...[...'\u00ad\u200b\u2060\ufeff'].map((invisible) => [invisible, ''] as const),
  ['…', '...'],
  ['•', '*'],
  ['⁄', '/'],
]);

/** The text with every such sign plain, and its accents composed, whatever else is in it. */
export const plainSigns = (text: string): string =>
  [...text.normalize('NFC')].map((character) => substitutes.get(character) ?? character).join('');

/**
 * The text with plain quotes, dashes, dots and blanks where that makes it GSM-7, and cheaper; else the text as it is.
 * No letter is changed: a text that needs UCS-2 for one keeps its signs too, as they then cost nothing.
 */
export const inGsm7 = (text: string): string => {
  const before = segmentsOf(text);
  if (before.encoding === 'GSM-7') return text;
  const candidate = plainSigns(text);
  const after = segmentsOf(candidate);
  return after.encoding === 'GSM-7' && after.segments <= before.segments ? candidate : text;
};
