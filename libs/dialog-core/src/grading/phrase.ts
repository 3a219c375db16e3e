import type { Compiled, Spelling } from './compile';
import type { Reading } from './reading';
import { copulas, negators } from './vocabulary';

type PhraseMatch =
  | { readonly choice: number; readonly rule: 'Phrase' }
  | { readonly choice: undefined; readonly rule: 'Negated' | 'Ambiguous' };

/** The choice whose words stand, whole and in order, within a longer text. */
export const matchPhrase = (compiled: Compiled, reading: Reading): PhraseMatch | undefined => {
  const text = ` ${reading.content} `;
  const found = widest(compiled.spellings.filter((spelling) => isWithin(spelling, text, reading.numbers)));
  const [first] = found;
  if (first === undefined) return undefined;
  if (found.some(({ choice }) => choice !== first.choice)) return { choice: undefined, rule: 'Ambiguous' };
  return found.every((spelling) => isDenied(spelling, text))
    ? { choice: undefined, rule: 'Negated' }
    : { choice: first.choice, rule: 'Phrase' };
};

/** Numbers are the point where they occur: all of the text's must then be the option's. A lone letter is no phrase. */
const isWithin = (spelling: Spelling, text: string, numbers: string): boolean =>
  spelling.polarity === undefined &&
  spelling.content.length > 1 &&
  (spelling.numbers === '' || spelling.numbers === numbers) &&
  spelling.parts.every((part) => text.includes(part));

/** `soap and water` also contains `soap`: only what no other match contains is meant. */
const widest = (found: readonly Spelling[]): readonly Spelling[] =>
  found.length < 2
    ? found
    : found.filter(
        (one) =>
          !found.some(
            (other) => other.content !== one.content && ` ${other.content} `.includes(` ${one.content} `),
          ),
      );

/** Denied from anywhere before (`it is not true`) or right behind (`true it is not`); `20 seconds, no less` is not. */
const isDenied = (spelling: Spelling, text: string): boolean => {
  const part = spelling.parts[0] ?? '';
  const at = text.indexOf(part);
  const [next = '', second = '', third = ''] = text.slice(at + part.length).split(' ', 3);
  return text.slice(0, at).split(' ').some(denies) || deniesBehind(next, second, third);
};
const denies = (word: string): boolean => negators.has(word);
const deniesBehind = (next: string, second: string, third: string): boolean => {
  if (copulas.has(next)) return denies(second) || denies(third);
  return denies(next) && (copulas.has(second) || next.endsWith('nt') || next === 'ទេ');
};
