import { withoutAttachments } from './attached-lines';

const beyondAscii = /[^\0-\x7f]/;
const backtick = 0x60;

const apostrophes = /[‘’‛ʻʼʽʹ′´`＇]/g;
const quotes = /[“”„‟«»‹›″〃＂「」]/g;
const dashes = /[‐‑‒–—―−﹘﹣－]/g;
/** A degree that keyboards write as a raised o. */
const raisedO = /(\d\s?)º/g;
/** Characters that only shape, join or hide: formats, variation selectors, keycaps, fillers that look like nothing. */
const invisible = /[\p{Cf}\ufe00-\ufe0f\u20e3\u034f\u115f\u1160\u3164\uffa0]/gu;
const blanks = /[^\S\n]|\u2800/gu;

/** Where each alphabet or row of digits that Unicode does not fold begins, how long it is, and what it begins with. */
const rows: readonly (readonly [start: number, length: number, first: string])[] = [
  [0x1f150, 26, 'A'],
  [0x1f170, 26, 'A'],
  [0x24f5, 9, '1'],
  [0x2776, 9, '1'],
  [0x2780, 9, '1'],
  [0x278a, 9, '1'],
];
const fold: ReadonlyMap<string, string> = new Map([
  ...rows.flatMap(([start, length, first]) =>
    Array.from({ length }, (_, at): [string, string] => [
      String.fromCodePoint(start + at),
      String.fromCodePoint((first.codePointAt(0) ?? 0) + at),
    ]),
  ),
  ['🔟', '10'],
  ['❿', '10'],
  ['➉', '10'],
  ['➓', '10'],
  ['⓿', '0'],
  ['🄌', '0'],
  ['🆗', 'OK'],
  ['🆎', 'AB'],
]);
const folded = new RegExp([...fold.keys()].join('|'), 'gu');

/** One letter of the kind that flags are made of is a letter; two are a flag, which says nothing. */
const regional = /[\u{1f1e6}-\u{1f1ff}]+/gu;
const regionalA = 0x1f1e6;
const letterOrFlag = (letters: string): string => {
  const each = Array.from(letters);
  if (each.length === 2) return '';
  return each.map((one) => String.fromCharCode(65 + (one.codePointAt(0) ?? regionalA) - regionalA)).join('');
};

/** `2½` is two and a half, not 21 halves. */
const fractions = /(\d?)([¼½¾⅐-⅞])/gu;
const withSlash = (text: string): string => text.normalize('NFKC').replaceAll('\u2044', '/');
const fractionSigns: ReadonlyMap<string, string> = new Map(
  Array.from('¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞', (sign) => [sign, withSlash(sign)]),
);
const spelledOut = (_all: string, digit: string, sign: string): string => {
  const fraction = fractionSigns.get(sign) ?? sign;
  return digit === '' ? fraction : `${digit} ${fraction}`;
};

/**
 * Letters of our languages, composed, and ASCII without the backtick and blanks other than the space: what the folding
 * below would leave as it is. Most texts with an accent are such.
 */
const alreadyPlain = /^[\n\x20-\x5f\x61-\x7e¡¿À-ÿŒœ\u1780-\u17b3\u17b6-\u17d5]*$/;

const plainPunctuation = (text: string): string =>
  text
    .replace(raisedO, '$1°')
    .replace(apostrophes, "'")
    .replace(quotes, '"')
    .replace(dashes, '-')
    .replace(fractions, spelledOut);

const visibleLetters = (text: string): string =>
  text
    .replace(folded, (letter) => fold.get(letter) ?? letter)
    .replace(regional, letterOrFlag)
    .replace(invisible, '')
    .replace(blanks, ' ');

/** In this order, as far as a text needs it: curly quotation marks need the first, full-width letters the second. */
const foldings = [plainPunctuation, withSlash, visibleLetters];

const plainLetters = (text: string): string => {
  let letters = text;
  for (const folding of foldings) {
    if (alreadyPlain.test(letters)) break;
    letters = folding(letters);
  }
  return letters;
};

/** What this is hangs on what stands before it. */
const raised = 'º';
const severalOrNone = '';

const foldAlone = (letter: string): string => {
  const fraction = fractionSigns.get(letter);
  if (fraction !== undefined) return fraction;
  const alone = plainLetters(letter);
  return alone.length === 1 && letter !== raised && alreadyPlain.test(alone) ? alone : severalOrNone;
};

/** What each letter is where it is one plain letter wherever it stands, or a fraction. Filled in as letters are met. */
const aloneByCode = new Map<number, string>();

const aloneOf = (code: number): string => {
  let alone = aloneByCode.get(code);
  if (alone === undefined) aloneByCode.set(code, (alone = foldAlone(String.fromCharCode(code))));
  return alone;
};

const isPlainAscii = (code: number): boolean => code >= 0x20 && code < 0x7f && code !== backtick;

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Folds a text of such letters alone, as curly quotation marks and full-width letters are: the usual case. */
const letterByLetter = (text: string): string | undefined => {
  let plain = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isPlainAscii(code)) continue;
    const alone = aloneOf(code);
    if (alone === severalOrNone) return undefined;
    const isApart = alone.length > 1 && isDigit(text.charCodeAt(at - 1));
    plain += text.slice(from, at) + (isApart ? ` ${alone}` : alone);
    from = at + 1;
  }
  return plain + text.slice(from);
};

const foldedText = (text: string): string =>
  alreadyPlain.test(text) ? text : (letterByLetter(text) ?? plainLetters(text));

/**
 * A text as a person reads it: look-alikes (full-width, circled, squared, mathematical, keycaps, emoji letters) are their
 * plain letters, what is invisible is gone, every apostrophe, quotation mark and dash is one, and signature lines and
 * quoted messages are cut, unless nothing else is there. Accents, case and emoji stay. Everything that reads a text
 * reads it through this.
 */
export const cleanText = (text: string): string => {
  const letters = beyondAscii.test(text)
    ? foldedText(text)
    : text.includes('`')
      ? text.replaceAll('`', "'")
      : text;
  return letters.includes('\n') ? withoutAttachments(letters) : letters;
};
