import { afterwards, comparisons, numberWordsOf, units, type NumberWords } from './number-words';
import { isNumber, type Gap } from './words';

/** A text, with the numbers of its language. */
type Text = { readonly words: readonly string[]; readonly gaps: readonly Gap[]; readonly known: NumberWords };
type Taken = { readonly amount: string; readonly end: number };
/** A number that was read, where the words after it begin, and its digits as they were typed. */
type Counted = { readonly value: number; readonly end: number; readonly typed?: string };

const endings: readonly string[] = ['2', '3', '4', '5', '6', '8', '10'];

const fractionAt = ({ words, gaps }: Text, at: number): number | undefined => {
  if (gaps[at] !== 'slash') return undefined;
  const [above = '', below = ''] = [words[at], words[at + 1]];
  if (!endings.includes(below) || !isNumber(above)) return undefined;
  return Number(above) < Number(below) ? Number(above) / Number(below) : undefined;
};

const fraction = (text: Text, at: number): Taken | undefined => {
  const value = fractionAt(text, at);
  return value === undefined ? undefined : scaled(text, { value, end: at + 2 });
};

const range = ({ words, gaps }: Text, at: number): Taken | undefined =>
  gaps[at] === 'dash' && isNumber(words[at + 1] ?? '')
    ? { amount: `${words[at]}-${words[at + 1]}`, end: at + 2 }
    : undefined;

const mixed = (text: Text, at: number): Taken | undefined => {
  const beside = text.gaps[at] === 'space' ? fractionAt(text, at + 1) : undefined;
  return beside === undefined ? undefined : { amount: String(Number(text.words[at]) + beside), end: at + 3 };
};

const whole = (text: Text, at: number): Taken => {
  const typed = text.words[at] ?? '';
  return scaled(text, { value: Number(typed), end: at + 1, typed });
};

const digitsAt = (text: Text, at: number): Taken =>
  fraction(text, at) ?? range(text, at) ?? mixed(text, at) ?? whole(text, at);

/** What multiplies a number, and the half that may follow it. */
const scaled = (text: Text, { value, end, typed }: Counted): Taken => {
  const scale = text.known.scales.get(text.words[end] ?? '');
  const after = scale === undefined ? end : end + 1;
  const half = halfAt(text, after);
  if (scale === undefined && half === 0) return { amount: typed ?? String(value), end };
  return { amount: String((value + (half > 0 ? 0.5 : 0)) * (scale ?? 1)), end: after + half };
};

/** How many words say "and a half" here. */
const halfAt = ({ words, known }: Text, at: number): number => {
  if (words[at] !== known.and) return 0;
  if (known.half.has(words[at + 1] ?? '')) return 2;
  return known.half.has(words[at + 2] ?? '') && words[at + 1] === 'a' ? 3 : 0;
};

const followsHundred = (group: number, next: number): boolean =>
  group >= 100 && group % 100 === 0 && next < 100;
const followsTen = (group: number, next: number): boolean =>
  group >= 20 && group < 100 && group % 10 === 0 && next > 0 && next < 10;
/** Where French counts on: soixante-quinze, quatre-vingt-dix, two thousand five hundred. */
const followsScore = (group: number, next: number): boolean => (group === 60 || group === 80) && next < 20;

/** The number that goes on with the next word: twenty-five, ciento veinte, quatre-vingt-dix, two thousand five hundred. */
const joined = ({ total, group }: Omit<Sum, 'end'>, next: number): number | undefined => {
  if (total > 0 && group === 0) return next;
  if (group === 4 && next === 20) return 80;
  return followsHundred(group, next) || followsTen(group, next) || followsScore(group, next)
    ? group + next
    : undefined;
};

/** A number in words as far as it was read: whole thousands, and what stands behind them. */
type Sum = { readonly total: number; readonly group: number; readonly end: number };

const multiplied = ({ total, group }: Sum, scale: number): Omit<Sum, 'end'> =>
  scale < 1_000 && group > 0 ? { total, group: group * scale } : { total: total + group * scale, group: 0 };

/** The number with the next word, if that belongs to it. */
const withNext = ({ words, known }: Text, sum: Sum): Sum | undefined => {
  const skip = words[sum.end] === known.and && sum.group >= 20 ? 1 : 0;
  const word = words[sum.end + skip] ?? '';
  const end = sum.end + skip + 1;
  const small = known.small.get(word);
  const group = small === undefined ? undefined : joined(sum, small);
  if (group !== undefined) return { total: sum.total, group, end };
  const scale = skip === 0 ? known.scales.get(word) : undefined;
  return scale === undefined ? undefined : { ...multiplied(sum, scale), end };
};

const isArticle = ({ words, known }: Text, at: number): boolean => {
  const next = words[at + 1] ?? '';
  return known.articles.has(words[at] ?? '') && !units.has(next) && !known.scales.has(next);
};

const wordsAt = (text: Text, at: number): Taken | undefined => {
  const group = text.known.small.get(text.words[at] ?? '');
  if (group === undefined || isArticle(text, at)) return undefined;
  let sum: Sum = { total: 0, group, end: at + 1 };
  for (let next = withNext(text, sum); next !== undefined; next = withNext(text, next)) sum = next;
  return scaled(text, { value: sum.total + sum.group, end: sum.end });
};

const follows = (words: readonly string[], at: number, phrase: readonly string[]): boolean =>
  phrase.every((word, index) => words[at + index] === word);

type Signed = (typeof comparisons)[number];

const byWord = (phrases: readonly Signed[], at: 0 | -1): ReadonlyMap<string, readonly Signed[]> =>
  new Map(
    phrases.map((phrase) => {
      const word = phrase[0].at(at) ?? '';
      return [word, phrases.filter(([words]) => words.at(at) === word)];
    }),
  );
const endingsOf = byWord(comparisons, -1);
const beginningsOf = byWord(afterwards, 0);

const signBefore = (out: string[]): string => {
  const found = endingsOf
    .get(out.at(-1) ?? '')
    ?.find(([phrase]) => out.length >= phrase.length && follows(out, out.length - phrase.length, phrase));
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
export const readAmounts = (
  { words, gaps }: Omit<Text, 'known'>,
  language: string | undefined,
): readonly string[] => {
  const known = numberWordsOf(language);
  if (!mayHoldAmount(words, known)) return words;
  const text = { words, gaps, known };
  const out: string[] = [];
  for (let at = 0; at < words.length;) {
    const word = words[at] ?? '';
    const taken = isNumber(word) ? digitsAt(text, at) : wordsAt(text, at);
    if (taken === undefined) out.push(word);
    at = taken === undefined ? at + 1 : pushAmount(words, taken, out);
  }
  return out;
};

const mostUnits = 2;

const unitsAt = (words: readonly string[], at: number): readonly string[] => {
  const named: string[] = [];
  while (named.length < mostUnits) {
    const unit = units.get(words[at + named.length] ?? '');
    if (unit === undefined) break;
    named.push(unit);
  }
  return named;
};

/** Adds an amount with its sign and its units, and tells where the words after it begin. */
const pushAmount = (words: readonly string[], { amount, end }: Taken, out: string[]): number => {
  const before = signBefore(out);
  const named = unitsAt(words, end);
  const at = end + named.length;
  const after =
    before === ''
      ? beginningsOf.get(words[at] ?? '')?.find(([phrase]) => follows(words, at, phrase))
      : undefined;
  const sign = after?.[1] ?? before;
  out.push(sign === '-' && amount.startsWith('-') ? amount : sign + amount, ...named);
  return at + (after?.[0].length ?? 0);
};
