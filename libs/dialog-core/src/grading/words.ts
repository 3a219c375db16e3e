import { cleanText } from '../clean-text';
import { isAscii, withoutAccents } from './accents';
import { unstretched } from './stretched';
import { kinds as wordKinds, kindsOf as kindsOfWord } from './word-kinds';

/**
 * What stands between a word and the next one. `mark` is what may follow the mark of an option: `a)`, `a.`, `a - `; `dash`
 * and `slash` join two numbers (`2-3`, `1/2`).
 */
export type Gap = 'space' | 'punctuation' | 'mark' | 'dash' | 'slash';

/**
 * A text as its words and numbers, lower-case and composed; `gaps[i]` stands between word i and the next, or the end.
 * `kinds` are those that any of the words may be of, with their accents or without: what is missing there need not be
 * looked for.
 */
export type Words = {
  readonly words: readonly string[];
  readonly gaps: readonly Gap[];
  readonly kinds: number;
};

/** Some of the words of a text. */
export const wordsWithin = ({ words, gaps, kinds }: Words, from: number, to?: number): Words => ({
  words: words.slice(from, to),
  gaps: gaps.slice(from, to),
  kinds,
});

/** No text message is longer. What follows is kept as typed, but not graded: it bounds the work. */
export const longestGraded = 1_600;

const [other, letter, digit, space, silent] = [0, 1, 2, 3, 4] as const;
type Kind = typeof other | typeof letter | typeof digit | typeof space | typeof silent;

const letterPattern = /^\p{L}$/u;
const digitPattern = /^\p{Nd}$/u;
/** Marks outside a word, and characters that only shape or join: the zero-width space of Khmer, soft hyphens. */
const silentPattern = /^[\p{M}\p{Cf}]$/u;

const kindOfChar = (char: string): Kind => {
  if (letterPattern.test(char)) return letter;
  if (digitPattern.test(char)) return digit;
  if (silentPattern.test(char)) return silent;
  return /^\s$/u.test(char) ? space : other;
};

const unknown = 255;
/** Filled in as characters are met, but for ASCII: asking a pattern about each character of each reply would be most of the work. */
const kindByCode = new Uint8Array(0x20000).fill(unknown);

const kindAt = (text: string, at: number): Kind => {
  if (at < 0 || at >= text.length) return other;
  const unit = text.charCodeAt(at);
  if (unit < asciiEnd) return kindByCode[unit] as Kind;
  const code = text.codePointAt(at) ?? 0;
  const known = kindByCode[code];
  return known === undefined || known === unknown ? findKind(code) : (known as Kind);
};

const findKind = (code: number): Kind => {
  const kind = kindOfChar(String.fromCodePoint(code));
  if (code < kindByCode.length) kindByCode[code] = kind;
  return kind;
};

const asciiEnd = 0x80;
for (let code = 0; code < asciiEnd; code++) findKind(code);

const isAsciiLetter = (unit: number): boolean => unit >= 0x61 && unit <= 0x7a;

const widthAt = (text: string, at: number): 1 | 2 =>
  text.charCodeAt(at) < 0xd800 || (text.codePointAt(at) ?? 0) <= 0xffff ? 1 : 2;

const isApostrophe = (char: string | undefined): boolean => char === "'";
const markPunctuation = /[)\].:៖។]/u;
/** What makes one amount of the two numbers that it stands between. */
const joiners: Readonly<Record<string, Gap>> = { '-': 'dash', '/': 'slash' };
const isMinus = (char: string | undefined): boolean => char === '-';
/** Signs that are words where they stand right behind a number, or before one. */
const signsBehind: Readonly<Record<string, string>> = { '%': 'percent', '°': 'degree' };
const signsBefore = '<>≤≥';

/** Where each script that trainees may type digits in has its zero. */
const zeros = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xed0, 0x1040, 0x17e0] as const;

const asciiDigit = (char: string): string => {
  const code = char.codePointAt(0) ?? 0;
  const zero = zeros.find((z) => code >= z && code <= z + 9);
  return zero === undefined ? char : String(code - zero);
};

const plainNumber = /^-?\d+$/;
const thousands = /^[1-9]\d{0,2}[.,]\d{3}$/;

/** One spelling per number: digits of any script, `1,000` as `1000`, `2,5` as `2.5`. */
const canonicalNumber = (typed: string): string => {
  let ascii = '';
  for (const char of typed) if (char !== ' ') ascii += asciiDigit(char);
  if (plainNumber.test(ascii)) return ascii;
  if (ascii.startsWith('.')) return `0${ascii}`;
  return thousands.test(ascii.replace('-', '')) ? ascii.replace(/[.,]/, '') : ascii.replace(',', '.');
};

class Reader {
  readonly words: string[] = [];
  readonly gaps: Gap[] = [];
  kinds: number;
  readonly #hasApostrophe: boolean;
  #gapStart = 0;

  constructor(
    private readonly text: string,
    private readonly ascii: boolean,
  ) {
    this.kinds = ascii ? 0 : wordKinds.beyondAscii;
    this.#hasApostrophe = text.includes("'");
  }

  read(): Words {
    let at = 0;
    while (at < this.text.length) at = this.#readAt(at);
    this.#closeGap(this.text.length);
    const { words, gaps, kinds } = this;
    return { words, gaps, kinds };
  }

  #readAt(at: number): number {
    const kind = kindAt(this.text, at);
    if (kind === letter) return this.#take(at, this.#endOfWord(at), 'word');
    if (kind === digit) return this.#take(at, this.#endOfNumber(at + 1), 'number');
    if (this.#isSign(at)) return this.#take(at, this.#endOfNumber(this.#numberAfter(at) + 1), 'number');
    if (this.#isPoint(at)) return this.#take(at, this.#endOfNumber(at + 1), 'number');
    const sign = kind === other ? this.#signAt(at) : undefined;
    if (sign !== undefined) this.#addSign(at, sign);
    return at + widthAt(this.text, at);
  }

  #signAt(at: number): string | undefined {
    const char = this.text.charAt(at);
    const next = this.#numberAfter(at);
    if (signsBefore.includes(char)) return this.#isDigit(next) || this.#isPoint(next) ? char : undefined;
    const before = kindAt(this.text, at - 1) === space ? at - 2 : at - 1;
    return this.#isDigit(before) ? signsBehind[char] : undefined;
  }

  /** The point of `.5`, which begins a number. */
  #isPoint(at: number): boolean {
    if (this.text[at] !== '.' || !this.#isDigit(at + 1)) return false;
    return at === 0 || kindAt(this.text, at - 1) === space || signsBefore.includes(this.text.charAt(at - 1));
  }

  #addSign(at: number, sign: string): void {
    this.#closeGap(at);
    this.words.push(sign);
    this.#gapStart = at + 1;
  }

  /** Where a sign's number begins: at once, or one blank later. */
  #numberAfter(at: number): number {
    return kindAt(this.text, at + 1) === space && this.text[at + 1] !== '\n' ? at + 2 : at + 1;
  }

  #take(start: number, end: number, kind: 'word' | 'number'): number {
    this.#closeGap(start);
    const typed = this.text.slice(start, end);
    if (kind === 'word') this.#addTyped(this.ascii ? typed : withoutSilent(typed));
    else this.#addNumber(typed);
    this.#gapStart = end;
    return end;
  }

  #addNumber(typed: string): void {
    this.words.push(plainNumber.test(typed) ? typed : canonicalNumber(typed));
    this.kinds |= wordKinds.number;
  }

  #addWord(word: string): void {
    this.words.push(word);
    this.kinds |= kindsOfWord(word);
    const said = unstretched(word);
    if (said !== word) this.kinds |= kindsOfWord(said);
    if (!this.ascii) this.kinds |= kindsOfWord(withoutAccents(word));
  }

  /** `isn't` is one word; `l'eau` is two, the first of them `l'`; of `I'd` and `I'm` only the I counts. */
  #addTyped(typed: string): void {
    if (!this.#hasApostrophe || !typed.includes("'")) return this.#addWord(typed);
    let word = '';
    const parts = typed.split("'");
    if (parts[0] === 'i') return this.#addWord('i');
    for (const [index, part] of parts.entries()) {
      word += part;
      if (word.length !== 1 || index === parts.length - 1) continue;
      this.#addWord(`${word}'`);
      this.gaps.push('space');
      word = '';
    }
    this.#addWord(word);
  }

  #endOfWord(start: number): number {
    let at = start;
    while (at < this.text.length && isAsciiLetter(this.text.charCodeAt(at))) at += 1;
    while (at < this.text.length && this.#continuesWord(at)) at += widthAt(this.text, at);
    return at;
  }

  #continuesWord(at: number): boolean {
    const kind = kindAt(this.text, at);
    if (kind === letter || kind === silent) return true;
    return isApostrophe(this.text[at]) && kindAt(this.text, at + 1) === letter;
  }

  #endOfNumber(start: number): number {
    let at = start;
    let separators = 0;
    while (at < this.text.length) {
      if (kindAt(this.text, at) !== digit && (separators++ > 0 || !this.#isSeparator(at))) break;
      at += widthAt(this.text, at);
    }
    return at;
  }

  #isSeparator(at: number): boolean {
    const char = this.text[at];
    return (char === '.' || char === ',') && this.#isDigit(at + 1);
  }

  #isSign(at: number): boolean {
    if (!isMinus(this.text[at])) return false;
    if (this.words.length === 0) return this.#isDigit(this.#numberAfter(at));
    return at > 0 && this.#isDigit(at + 1) && kindAt(this.text, at - 1) === space;
  }

  #isDigit(at: number): boolean {
    return at >= 0 && at < this.text.length && kindAt(this.text, at) === digit;
  }

  #closeGap(end: number): void {
    if (this.words.length === 0) return;
    this.gaps.push(this.#gapBetween(this.#gapStart, end));
  }

  #gapBetween(start: number, end: number): Gap {
    if (end - start === 1 && kindAt(this.text, start) === space) return 'space';
    const between = this.text.slice(start, end);
    const hidden = between.trim();
    if (hidden === '') return 'space';
    if (between.length === 1 && this.#isDigit(start - 1) && this.#isDigit(end))
      return joiners[between] ?? 'punctuation';
    return hidden.length < between.length || markPunctuation.test(hidden) ? 'mark' : 'punctuation';
  }
}

const silentInWord = /[\p{Cf}]/gu;
const withoutSilent = (word: string): string => (isAscii(word) ? word : word.replace(silentInWord, ''));

const bounded = (text: string): string => (text.length > longestGraded ? text.slice(0, longestGraded) : text);

/** Splits a text of any script into lower-case words and numbers. Letters keep their combining marks. */
export const wordsOf = (text: string): Words => {
  const clean = cleanText(bounded(text)).toLowerCase();
  const ascii = isAscii(clean);
  return new Reader(bounded(ascii ? clean : clean.normalize('NFC')), ascii).read();
};

/** Whether a word that `wordsOf` made is a number. */
export const isNumber = (word: string): boolean =>
  kindAt(word, word.length > 1 && word.charCodeAt(0) === 45 ? 1 : 0) === digit;

const isComparison = (char: string | undefined): boolean => char === '<' || char === '>';

/** Whether a word that `readAmounts` made is an amount, compared with another (`<20`) or not. */
export const isAmount = (word: string): boolean => isNumber(isComparison(word[0]) ? word.slice(1) : word);
