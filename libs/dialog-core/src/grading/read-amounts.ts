import { afterwards, comparisons, numberWordsOf, units, type NumberWords } from './number-words';
import { isNumber, type Gap } from './words';

type Text = { readonly words: readonly string[]; readonly gaps: readonly Gap[] };
type Taken = { readonly amount: string; readonly end: number };

const endings: readonly string[] = ['2', '3', '4', '5', '6', '8', '10'];

const fractionAt = ({ words, gaps }: Text, at: number): number | undefined => {
  const [above = '', below = ''] = [words[at], words[at + 1]];
  if (gaps[at] !== 'slash' || !endings.includes(below) || !isNumber(above)) return undefined;
  return Number(above) < Number(below) ? Number(above) / Number(below) : undefined;
};

const digitsAt = (text: Text, at: number, known: NumberWords): Taken => {
  const { words, gaps } = text;
  const typed = words[at] ?? '';
  const alone = fractionAt(text, at);
  if (alone !== undefined) return scaled(words, { value: alone, end: at + 2 }, known);
  if (gaps[at] === 'dash' && isNumber(words[at + 1] ?? ''))
    return { amount: `${typed}-${words[at + 1]}`, end: at + 2 };
  const beside = gaps[at] === 'space' ? fractionAt(text, at + 1) : undefined;
  if (beside !== undefined) return { amount: String(Number(typed) + beside), end: at + 3 };
  const next = words[at + 1] ?? '';
  return known.scales.has(next) || next === known.and
    ? scaled(words, { value: Number(typed), end: at + 1 }, known, typed)
    : { amount: typed, end: at + 1 };
};

type Counted = { readonly value: number; readonly end: number };

/** What multiplies a number, and the half that may follow it. */
const scaled = (
  words: readonly string[],
  { value, end }: Counted,
  known: NumberWords,
  typed?: string,
): Taken => {
  const scale = known.scales.get(words[end] ?? '');
  const after = scale === undefined ? end : end + 1;
  const half = halfAt(words, after, known);
  if (scale === undefined && half === 0) return { amount: typed ?? String(value), end };
  return { amount: String(value * (scale ?? 1) + (half > 0 ? 0.5 * (scale ?? 1) : 0)), end: after + half };
};

/** How many words say "and a half" here. */
const halfAt = (words: readonly string[], at: number, known: NumberWords): number => {
  if (words[at] !== known.and) return 0;
  if (known.half.has(words[at + 1] ?? '')) return 2;
  return known.half.has(words[at + 2] ?? '') && words[at + 1] === 'a' ? 3 : 0;
};

/** Whether a number word continues the number before it: twenty-five, ciento veinte, quatre-vingt-dix. */
const joins = (group: number, next: number): boolean =>
  (group >= 100 && group % 100 === 0 && next < 100) ||
  (group >= 20 && group < 100 && group % 10 === 0 && next > 0 && next < 10) ||
  ((group === 60 || group === 80) && next < 20);

const wordsAt = (words: readonly string[], at: number, known: NumberWords): Taken | undefined => {
  const first = known.small.get(words[at] ?? '');
  const next = words[at + 1] ?? '';
  if (first === undefined) return undefined;
  if (known.articles.has(words[at] ?? '') && !units.has(next) && !known.scales.has(next)) return undefined;
  let [total, group, end] = [0, first, at + 1];
  for (;;) {
    const skip = words[end] === known.and && group >= 20 ? 1 : 0;
    const word = words[end + skip] ?? '';
    const small = known.small.get(word);
    const scale = skip === 0 ? known.scales.get(word) : undefined;
    if (group === 4 && small === 20) group = 80;
    else if (small !== undefined && joins(group, small)) group += small;
    else if (scale !== undefined && scale < 1_000 && group > 0) group *= scale;
    else if (scale !== undefined) [total, group] = [total + group * scale, 0];
    else break;
    end += skip + 1;
  }
  return scaled(words, { value: total + group, end }, known);
};

const follows = (words: readonly string[], at: number, phrase: readonly string[]): boolean =>
  phrase.every((word, index) => words[at + index] === word);

const signBefore = (out: string[]): string => {
  const found = comparisons.find(
    ([phrase]) => out.length >= phrase.length && follows(out, out.length - phrase.length, phrase),
  );
  if (found === undefined) return '';
  out.length -= found[0].length;
  return found[1];
};

const mayHoldAmount = (words: readonly string[], known: NumberWords): boolean =>
  words.some((word) => isNumber(word) || known.small.has(word));

/**
 * Words with each amount in one form: digits for numbers in words, one name for each unit, the product for a multiplier
 * (`10k`), the sum for a fraction (`2 1/2`), and a sign for what makes it another amount (`<20`, `>20`, `-5`). Numbers
 * that a dash joins are one amount (`2-3`).
 */
export const readAmounts = (text: Text, language: string | undefined): readonly string[] => {
  const { words } = text;
  const known = numberWordsOf(language);
  if (!mayHoldAmount(words, known)) return words;
  const out: string[] = [];
  for (let at = 0; at < words.length;) {
    const word = words[at] ?? '';
    const taken = isNumber(word) ? digitsAt(text, at, known) : wordsAt(words, at, known);
    if (taken === undefined) out.push(word);
    at = taken === undefined ? at + 1 : pushAmount(words, taken, out);
  }
  return out;
};

const pushAmount = (words: readonly string[], { amount, end }: Taken, out: string[]): number => {
  const before = signBefore(out);
  const named: string[] = [];
  let at = end;
  for (
    let unit = units.get(words[at] ?? '');
    unit !== undefined && named.length < 2;
    unit = units.get(words[at] ?? '')
  ) {
    named.push(unit);
    at += 1;
  }
  const after = afterwards.find(([phrase]) => follows(words, at, phrase));
  const sign = before === '' ? (after?.[1] ?? '') : before;
  out.push(sign === '-' && amount.startsWith('-') ? amount : sign + amount, ...named);
  return before === '' && after !== undefined ? at + after[0].length : at;
};
