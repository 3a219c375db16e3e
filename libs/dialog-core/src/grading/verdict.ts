import type { AnswerValue, OptionId } from '@stopcovid/contracts';

/** Why a reply got its verdict. Recorded in events, so a name never changes its meaning. */
export type GradingRule =
  /** Nothing but spaces, punctuation or symbols. */
  | 'Blank'
  /** The mark alone: `b`, `b)`, `option b`. */
  | 'Marker'
  /** The mark, and words that agree with it. */
  | 'MarkerAndText'
  /** The mark of one option with the words of another, or with words of none. */
  | 'Contradiction'
  /** The words of the option, in any case, accents and articles aside. */
  | 'Exact'
  /** Yes or no, in any language that we know. */
  | 'YesNo'
  /** The option's words within a longer reply. */
  | 'Phrase'
  /** A typing slip away from the option's words. */
  | 'Fuzzy'
  /** The option's words, but denied: `not false`. */
  | 'Negated'
  /** Fits two or more options equally well. */
  | 'Ambiguous'
  /** Means another option. */
  | 'OtherOption'
  /** Means none of the options or accepted answers. */
  | 'NoMatch'
  /** Nothing to grade: any reply goes on. */
  | 'Ungraded'
  /** A number where a number was asked for. */
  | 'Number'
  | 'NotANumber'
  | 'NotYesNo';

/** What a reply is worth. `option` is the one it means; `value` is what a storing prompt keeps. */
export type Verdict = {
  readonly verdict: 'right' | 'wrong' | 'ungraded';
  readonly rule: GradingRule;
  readonly option?: OptionId;
  readonly value?: AnswerValue;
};
