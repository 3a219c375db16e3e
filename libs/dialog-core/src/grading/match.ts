import { distance } from 'fastest-levenshtein';
import {
  clash,
  contentWords,
  denialsOf,
  numbersOf,
  type Compiled,
  type Polarity,
  type Spelling,
} from './compile';
import { matchPhrase } from './phrase';
import { ownAnswer } from './yes-no';
import { fillersOf, negatingPrefixes } from './vocabulary';
import { withoutAccents, type Words } from './words';

/** What a text means: a choice and why, or why none. */
export type Match =
  | { readonly choice: number; readonly rule: 'Exact' | 'YesNo' | 'Phrase' | 'Fuzzy' }
  | { readonly choice: undefined; readonly rule: 'NoMatch' | 'Negated' | 'Ambiguous' };

const none = { choice: undefined, rule: 'NoMatch' } as const;
const negated = { choice: undefined, rule: 'Negated' } as const;
const ambiguous = { choice: undefined, rule: 'Ambiguous' } as const;

const exactly = (choice: number): Match => (choice === clash ? ambiguous : { choice, rule: 'Exact' });

/** The choice that has this very text, from the strictest comparison to the loosest. */
export const matchExact = (compiled: Compiled, words: readonly string[]): Match | undefined => {
  const full = words.join(' ');
  if (full.length > compiled.longest * 2 + 64) return undefined;
  const exact = compiled.exact.get(full) ?? compiled.plain.get(withoutAccents(full));
  if (exact !== undefined) return exactly(exact);
  const content = compiled.content.get(contentText(compiled, words));
  return content === undefined ? undefined : exactly(content);
};

const contentText = (compiled: Compiled, words: readonly string[]): string =>
  withoutAccents(contentWords(words, compiled.language).join(' '));

/** Which choice a text means, whatever mark stands before it. */
export const matchText = (compiled: Compiled, text: Words): Match =>
  matchExact(compiled, text.words) ??
  matchYesNo(compiled, text) ??
  matchPhrase(compiled, text.words) ??
  matchFuzzy(compiled, text.words) ??
  none;

const matchYesNo = (compiled: Compiled, text: Words): Match | undefined => {
  const said: Polarity | 'both' | undefined = ownAnswer(text);
  if (said === undefined) return undefined;
  if (said === 'both') return ambiguous;
  const choices = new Set(compiled.spellings.filter((s) => s.polarity === said).map((s) => s.choice));
  const [choice] = choices;
  if (choice === undefined) return undefined;
  const phrase = text.words.length > 1 ? matchPhrase(compiled, text.words) : undefined;
  const elsewhere = phrase?.choice !== undefined && phrase.choice !== choice;
  return choices.size > 1 || elsewhere ? ambiguous : { choice, rule: 'YesNo' };
};

/** Texts above this many characters are compared exactly or as phrases, not letter by letter: it bounds the work. */
const longestFuzzy = 256;
const budgetOf = (length: number): number => (length < 4 ? 0 : Math.floor(length / 4));

type Typed = { readonly full: string; readonly content: string; readonly numbers: string };

const matchFuzzy = (compiled: Compiled, words: readonly string[]): Match | undefined => {
  const full = withoutAccents(words.join(' '));
  if (full.length > longestFuzzy || full.length > compiled.longest * 1.5 + 2) return undefined;
  const typed = { full, content: contentText(compiled, words), numbers: numbersOf(words) };
  const near = nearest(compiled.spellings, typed);
  if (near === undefined) return undefined;
  return hasRival(compiled.spellings, typed, near)
    ? ambiguous
    : judge(near.spelling, words, compiled.language);
};

type Near = { readonly spelling: Spelling; readonly apart: number };

/** The spelling with the fewest slips between it and the text, of those that are within their own budget. */
const nearest = (spellings: readonly Spelling[], typed: Typed): Near | undefined => {
  let best: Near | undefined;
  for (const spelling of spellings) {
    const budget = budgetOf(spelling.full.length);
    const apart = budget === 0 ? Infinity : slipsBetween(typed, spelling, budget);
    if (apart <= budget && (best === undefined || apart < best.apart)) best = { spelling, apart };
  }
  return best;
};

/** Whether another choice is as near, however short its text is. */
const hasRival = (spellings: readonly Spelling[], typed: Typed, near: Near): boolean =>
  spellings.some(
    (other) => other.choice !== near.spelling.choice && slipsBetween(typed, other, near.apart) <= near.apart,
  );

/** Numbers are never slips: texts with other numbers are infinitely far apart, as are texts beyond the limit. */
const slipsBetween = (typed: Typed, { full, content, numbers }: Spelling, limit: number): number => {
  if (numbers !== typed.numbers) return Infinity;
  const whole = bounded(typed.full, full, limit);
  const bare = typed.full === typed.content && full === content;
  return bare || whole === 0 ? whole : Math.min(whole, bounded(typed.content, content, limit));
};

const bounded = (a: string, b: string, limit: number): number =>
  Math.abs(a.length - b.length) > limit || b.length > longestFuzzy ? Infinity : distance(a, b);

/** A slip of the finger does not change a short word, deny, or replace a word by another. */
const judge = (spelling: Spelling, words: readonly string[], language: string | undefined): Match => {
  const plain = words.map(withoutAccents);
  if (denialsOf(words) !== spelling.denials || opposes(plain, spelling)) return negated;
  if (!spelling.shortWords.every((word) => plain.includes(word))) return none;
  return sameWords(plain, spelling, language) ? { choice: spelling.choice, rule: 'Fuzzy' } : none;
};

const opposes = (words: readonly string[], spelling: Spelling): boolean => {
  const own = spelling.full.split(' ');
  return words.some((word) => !own.includes(word) && own.some((each) => isOpposite(word, each)));
};
const isOpposite = (a: string, b: string): boolean =>
  negatingPrefixes.some((prefix) => a === prefix + b || b === prefix + a);

const sameWords = (words: readonly string[], spelling: Spelling, language: string | undefined): boolean => {
  const own = spelling.full.split(' ');
  if (own.length !== words.length) return true;
  const fillers = fillersOf(language);
  return own.every((word, at) => fillers.has(word) || isSlipOf(words[at] ?? '', word));
};
const isSlipOf = (typed: string, meant: string): boolean =>
  typed === meant || distance(typed, meant) <= Math.max(1, Math.floor(meant.length / 2));
