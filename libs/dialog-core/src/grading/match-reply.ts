import { unreachable } from '../unreachable';
import type { Compiled } from './compile';
import { contentWords } from './compile';
import { readMark, type Mark } from './mark';
import { matchExact, matchText, type Match } from './match';
import { readingOf } from './reading';
import { isNumber, withoutAccents, type Words } from './words';

/** What a whole reply means: a choice and why, or why none. */
export type ReplyMatch =
  | {
      readonly choice: number;
      readonly rule: 'Marker' | 'MarkerAndText' | 'Exact' | 'YesNo' | 'Phrase' | 'Fuzzy';
    }
  | { readonly choice: undefined; readonly rule: 'Contradiction' | 'NoMatch' | 'Negated' | 'Ambiguous' };

const contradiction = { choice: undefined, rule: 'Contradiction' } as const;
const ambiguous = { choice: undefined, rule: 'Ambiguous' } as const;

/** Which choice a reply means by its mark, its words, or both, over all choices of the prompt. */
export const matchReply = (compiled: Compiled, reply: Words): ReplyMatch => {
  const mark = readMark(compiled, reply);
  if (mark === undefined) return matchText(compiled, reply);
  switch (mark.kind) {
    case 'several':
      return matchWhole(compiled, reply);
    case 'bare':
      return matchBare(compiled, reply, mark.choice);
    case 'leading':
      return matchLeading(compiled, reply, mark);
    default:
      return unreachable(mark);
  }
};

/** Several marks mean several options, unless an option consists of them. */
const matchWhole = (compiled: Compiled, { words, gaps }: Words): ReplyMatch =>
  matchExact(compiled, readingOf({ words, gaps, typed: words.join(' ') }, compiled.language)) ?? ambiguous;

/** A text that is one option's mark and another option's words means both. */
const matchBare = (compiled: Compiled, reply: Words, choice: number): ReplyMatch => {
  const text = compiled.exact.get(reply.words.join(' '));
  return text === undefined || text === choice ? { choice, rule: 'Marker' } : ambiguous;
};

const matchLeading = (
  compiled: Compiled,
  reply: Words,
  mark: Extract<Mark, { kind: 'leading' }>,
): ReplyMatch => {
  const whole = compiled.exact.get(reply.words.join(' '));
  if (whole !== undefined && whole >= 0) return { choice: whole, rule: 'Exact' };
  const rest = { words: reply.words.slice(mark.rest), gaps: reply.gaps.slice(mark.rest) };
  const text = matchText(compiled, rest);
  if (mark.choice === undefined) return mark.clear ? contradiction : text;
  const said = mark.clear || !isNumber(reply.words[mark.rest - 1] ?? '') ? rest.words : [];
  return (
    agree(compiled, { choice: mark.choice, text, words: said }) ??
    unclear(compiled, reply, { clear: mark.clear, text })
  );
};

const agree = (
  compiled: Compiled,
  {
    choice,
    text,
    words,
  }: { readonly choice: number; readonly text: Match; readonly words: readonly string[] },
): ReplyMatch | undefined => {
  if (text.choice === choice) return { choice, rule: 'MarkerAndText' };
  if (text.choice !== undefined) return contradiction;
  const confirmed = text.rule !== 'Negated' && isPartOf(compiled, choice, words);
  return confirmed ? { choice, rule: 'MarkerAndText' } : undefined;
};

/**
 * With the mark, some of the option's own words are enough: `b) 20 seconds` for `b) for about 20 seconds`. A number
 * without a bracket is an amount as likely as a mark (`1 second`), so no part of the words confirms it.
 */
const isPartOf = (compiled: Compiled, choice: number, words: readonly string[]): boolean => {
  if (words.length === 0) return false;
  const part = ` ${contentWords(words, compiled.language).map(withoutAccents).join(' ')} `;
  return compiled.spellings.some((s) => s.choice === choice && ` ${s.content} `.includes(part));
};

/** A letter that only happens to begin the reply (`a veces`) leaves the reply's words as a whole. */
const unclear = (
  compiled: Compiled,
  reply: Words,
  { clear, text }: { readonly clear: boolean; readonly text: Match },
): ReplyMatch => (clear || text.rule !== 'NoMatch' ? text : matchText(compiled, reply));
