import { distance } from 'fastest-levenshtein';
import { clash, denialsOf, type Compiled, type Polarity, type Spelling } from './compile';
import { readingOf, type Reading } from './reading';
import { matchPhrase } from './phrase';
import { ownAnswer } from './yes-no';
import { fillersOf, negatingPrefixes } from './vocabulary';
import type { Words } from './words';

/** What a text means: a choice and why, or why none. */
export type Match =
  | { readonly choice: number; readonly rule: 'Exact' | 'YesNo' | 'Phrase' | 'Fuzzy' }
  | { readonly choice: undefined; readonly rule: 'NoMatch' | 'Negated' | 'Ambiguous' };

const none = { choice: undefined, rule: 'NoMatch' } as const;
const negated = { choice: undefined, rule: 'Negated' } as const;
const ambiguous = { choice: undefined, rule: 'Ambiguous' } as const;

const exactly = (choice: number): Match => (choice === clash ? ambiguous : { choice, rule: 'Exact' });

/** The choice that has this very text, from the strictest comparison to the loosest. */
export const matchExact = (compiled: Compiled, reading: Reading): Match | undefined => {
  const { exact, plain, content } = compiled;
  const choice = exact.get(reading.typed) ?? plain.get(reading.full) ?? content.get(reading.content);
  return choice === undefined ? undefined : exactly(choice);
};

/** Which choice a text means, whatever mark stands before it. */
export const matchText = (compiled: Compiled, text: Words): Match => {
  const typed = text.words.join(' ');
  const exact = compiled.exact.get(typed);
  if (exact !== undefined) return exactly(exact);
  const reading = readingOf({ words: text.words, gaps: text.gaps, typed }, compiled.language);
  return (
    matchExact(compiled, reading) ??
    matchYesNo(compiled, reading) ??
    matchPhrase(compiled, reading) ??
    matchFuzzy(compiled, reading) ??
    none
  );
};

const matchYesNo = (compiled: Compiled, reading: Reading): Match | undefined => {
  const said: Polarity | 'both' | undefined = ownAnswer(reading);
  if (said === undefined) return undefined;
  if (said === 'both') return ambiguous;
  const choices = new Set(compiled.spellings.filter((s) => s.polarity === said).map((s) => s.choice));
  const [choice] = choices;
  if (choice === undefined) return undefined;
  const phrase = reading.words.length > 1 ? matchPhrase(compiled, reading) : undefined;
  const elsewhere = phrase?.choice !== undefined && phrase.choice !== choice;
  return choices.size > 1 || elsewhere ? ambiguous : { choice, rule: 'YesNo' };
};

/** Texts above this many characters are compared exactly or as phrases, not letter by letter: it bounds the work. */
const longestFuzzy = 256;
const budgetOf = (length: number): number => (length < 4 ? 0 : Math.floor(length / 4));

const matchFuzzy = (compiled: Compiled, reading: Reading): Match | undefined => {
  const { length } = reading.full;
  if (length > longestFuzzy || length > compiled.longest * 1.5 + 2) return undefined;
  const near = nearest(compiled.spellings, reading);
  if (near === undefined) return undefined;
  return hasRival(compiled.spellings, reading, near)
    ? ambiguous
    : judge(near.spelling, reading, compiled.language);
};

type Near = { readonly spelling: Spelling; readonly apart: number };

/** The spelling with the fewest slips between it and the text, of those that are within their own budget. */
const nearest = (spellings: readonly Spelling[], reading: Reading): Near | undefined => {
  let best: Near | undefined;
  for (const spelling of spellings) {
    const budget = budgetOf(spelling.full.length);
    const apart = budget === 0 ? Infinity : slipsBetween(reading, spelling, budget);
    if (apart <= budget && (best === undefined || apart < best.apart)) best = { spelling, apart };
  }
  return best;
};

/** Whether another choice is as near, however short its text is. */
const hasRival = (spellings: readonly Spelling[], reading: Reading, near: Near): boolean =>
  spellings.some(
    (other) =>
      other.choice !== near.spelling.choice && slipsBetween(reading, other, near.apart) <= near.apart,
  );

/** Numbers are never slips: texts with other numbers are infinitely far apart, as are texts beyond the limit. */
const slipsBetween = (reading: Reading, { full, content, numbers }: Spelling, limit: number): number => {
  if (numbers !== reading.numbers) return Infinity;
  const whole = bounded(reading.full, full, limit);
  const bare = reading.full === reading.content && full === content;
  return bare || whole === 0 ? whole : Math.min(whole, bounded(reading.content, content, limit));
};

const bounded = (a: string, b: string, limit: number): number =>
  Math.abs(a.length - b.length) > limit || b.length > longestFuzzy ? Infinity : distance(a, b);

/** A slip of the finger does not change a short word, deny, or replace a word by another. */
const judge = (spelling: Spelling, { words, full }: Reading, language: string | undefined): Match => {
  const plain = full.split(' ');
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
