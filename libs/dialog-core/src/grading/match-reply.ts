import { unreachable } from '../unreachable';
import { withoutAccents } from './accents';
import { contentWords, plainWords, type Compiled } from './compile';
import { loneMark, readMark, type Mark } from './mark';
import { nearText } from './near-text';
import { units } from './number-words';
import { choiceOfText, clash } from './text-index';
import { alternatives, becauseWords, negators } from './vocabulary';
import { matchOtherText, matchText, type Match } from './weigh';
import { kinds, kindsOf } from './word-kinds';
import { isNumber, wordsWithin, type Words } from './words';

/** What a whole reply means: a choice and why, or why none. */
export type ReplyMatch =
  | {
      readonly choice: number;
      readonly rule: 'Marker' | 'MarkerAndText' | 'Exact' | 'YesNo' | 'Phrase' | 'Fuzzy' | 'Part';
    }
  | { readonly choice: undefined; readonly rule: 'Contradiction' | 'NoMatch' | 'Negated' | 'Ambiguous' };

const contradiction = { choice: undefined, rule: 'Contradiction' } as const;
const ambiguous = { choice: undefined, rule: 'Ambiguous' } as const;
const negated = { choice: undefined, rule: 'Negated' } as const;

/** Which choice a reply means by its mark, its words, or both, over all choices of the prompt. */
export const matchReply = (compiled: Compiled, reply: Words): ReplyMatch => {
  const found = matchOne(compiled, reply);
  return namesSeveral(compiled, reply) ? ambiguous : found;
};

/** More sides than these weigh nothing up. It bounds the work as well. */
const mostSides = 8;

/** `a or b`, `soap or sand`: each side of the `or` means a choice, and not the same one. */
const namesSeveral = (compiled: Compiled, reply: Words): boolean => {
  const { marks, vocabulary } = compiled;
  if (marks.size === 0 || (reply.kinds & kinds.or) === 0) return false;
  const isOr = (word: string): boolean => alternatives.has(word) && !marks.has(word) && !vocabulary.has(word);
  if (!reply.words.some(isOr)) return false;
  const sides = sidesOf(reply, isOr);
  if (sides.length > mostSides || sides.some(({ words }) => words.length === 0)) return false;
  const meant = sides.map((side) => matchOne(compiled, side).choice);
  return !meant.includes(undefined) && new Set(meant).size > 1;
};

const sidesOf = (reply: Words, isOr: (word: string) => boolean): readonly Words[] => {
  const { words } = reply;
  const cuts = [-1, ...words.flatMap((word, at) => (isOr(word) ? [at] : [])), words.length];
  return cuts.slice(1).map((to, index) => wordsWithin(reply, (cuts[index] ?? -1) + 1, to));
};

const matchOne = (compiled: Compiled, reply: Words): ReplyMatch => {
  const whole = choiceOfText(compiled.exact, reply.words);
  const lone = loneMark(compiled, reply);
  if (lone === 'several')
    return whole !== undefined && whole !== clash ? { choice: whole, rule: 'Exact' } : ambiguous;
  if (lone !== undefined) return markedBy(compiled, reply, { choice: lone, whole });
  if (whole !== undefined && whole !== clash) return { choice: whole, rule: 'Exact' };
  const reasoned = matchReasoned(compiled, reply);
  if (reasoned !== undefined) return reasoned;
  const mark = readMark(compiled, reply);
  if (mark !== undefined) return matchMarked(compiled, reply, mark);
  return whole === clash ? ambiguous : matchOtherText(compiled, reply);
};

/** Whether a word of courtesy is no part of any option and needs no mending. */
const isMereCourtesy = ({ meantCourtesy }: Compiled, word: string): boolean =>
  (kindsOf(word) & kinds.courtesy) !== 0 && !meantCourtesy.has(word);

/** A lone mark among harmless words, which may be another option's words all the same. */
const markedBy = (
  compiled: Compiled,
  { words, gaps, kinds: any }: Words,
  { choice, whole }: { readonly choice: number; readonly whole: number | undefined },
): ReplyMatch => {
  if (whole !== undefined && whole !== choice) return ambiguous;
  const around = words.filter((word) => compiled.marks.get(word) !== choice);
  const saysNothing = around.every((word) => isMereCourtesy(compiled, withoutAccents(word)));
  const meant = saysNothing ? undefined : matchText(compiled, { words: around, gaps, kinds: any }).choice;
  return meant !== undefined && meant !== choice ? contradiction : { choice, rule: 'Marker' };
};

/** `The answer is B because …`: the mark, unless the reason denies something or speaks for another option. */
const matchReasoned = (compiled: Compiled, reply: Words): ReplyMatch | undefined => {
  if ((reply.kinds & kinds.because) === 0) return undefined;
  const at = reply.words.findIndex((word) => becauseWords.has(word));
  if (at < 1) return undefined;
  const choice = loneMark(compiled, wordsWithin(reply, 0, at));
  if (choice === undefined || choice === 'several') return undefined;
  const reason = wordsWithin(reply, at + 1);
  if (reason.words.some((word) => negators.has(word))) return negated;
  const meant = matchText(compiled, reason).choice;
  const names = reason.words.some((word) => word.length === 1 && word !== 'a' && compiled.marks.has(word));
  return names || (meant !== undefined && meant !== choice) ? contradiction : { choice, rule: 'Marker' };
};

const matchMarked = (compiled: Compiled, reply: Words, mark: Mark): ReplyMatch => {
  switch (mark.kind) {
    case 'several':
      return ambiguous;
    case 'bare':
      return { choice: mark.choice, rule: 'Marker' };
    case 'leading':
      return matchLeading(compiled, reply, mark);
    default:
      return unreachable(mark);
  }
};

const matchLeading = (
  compiled: Compiled,
  reply: Words,
  mark: Extract<Mark, { kind: 'leading' }>,
): ReplyMatch => {
  const rest = wordsWithin(reply, mark.rest);
  const text = matchText(compiled, rest);
  if (mark.choice === undefined) return mark.clear ? besidesMark(compiled, reply) : text;
  const said = mark.clear || !isNumber(reply.words[mark.rest - 1] ?? '') ? rest : undefined;
  return (
    agree(compiled, { choice: mark.choice, text, said }) ??
    unclear(compiled, reply, { clear: mark.clear, text })
  );
};

/** What looks like the mark of no option may be a slip in a text: `N, grease needs soap`. */
const besidesMark = (compiled: Compiled, reply: Words): ReplyMatch => {
  const choice = nearText(compiled, plainWords(reply, compiled.language));
  return choice === undefined ? contradiction : { choice, rule: 'Fuzzy' };
};

const agree = (
  compiled: Compiled,
  { choice, text, said }: { readonly choice: number; readonly text: Match; readonly said: Words | undefined },
): ReplyMatch | undefined => {
  if (text.choice === choice) return { choice, rule: 'MarkerAndText' };
  if (text.choice !== undefined) return contradiction;
  const confirmed = text.rule !== 'Negated' && said !== undefined && isPartOf(compiled, choice, said);
  return confirmed ? { choice, rule: 'MarkerAndText' } : undefined;
};

/**
 * With the mark, some of the option's own words are enough: `b) 20 seconds` for `b) for about 20 seconds`. A number
 * without a bracket is an amount as likely as a mark (`1 second`), so no part of the words confirms it.
 */
const isPartOf = (compiled: Compiled, choice: number, said: Words): boolean => {
  if (said.words.length === 0) return false;
  const part = ` ${contentWords(plainWords(said, compiled.language), compiled.language)
    .map((word) => units.get(word) ?? word)
    .join(' ')} `;
  return compiled.spellings.some((s) => s.choice === choice && ` ${s.content} `.includes(part));
};

/** A letter that only happens to begin the reply (`a veces`) leaves the reply's words as a whole. */
const unclear = (
  compiled: Compiled,
  reply: Words,
  { clear, text }: { readonly clear: boolean; readonly text: Match },
): ReplyMatch => (clear || text.rule !== 'NoMatch' ? text : matchText(compiled, reply));
