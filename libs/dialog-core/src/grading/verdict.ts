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
  /** Words, or an amount, that one option alone has. */
  | 'Part'
  /** Written by a phone or a network, not by a person. */
  | 'MachineText'
  /** A question back to us. */
  | 'AskedBack'
  /** Nothing to grade: any reply goes on. */
  | 'Ungraded'
  /** A number where a number was asked for. */
  | 'Number'
  | 'NotANumber'
  | 'NotYesNo';

/** The step of grading that decided. */
export type Stage = 'clean' | 'machine text' | 'read' | 'weigh' | 'decide';

/** Which stage each rule belongs to. */
export const stages = {
  Blank: 'clean',
  MachineText: 'machine text',
  AskedBack: 'read',
  Marker: 'read',
  YesNo: 'read',
  Number: 'read',
  NotANumber: 'read',
  NotYesNo: 'read',
  Exact: 'weigh',
  Phrase: 'weigh',
  Fuzzy: 'weigh',
  Part: 'weigh',
  NoMatch: 'weigh',
  MarkerAndText: 'decide',
  Contradiction: 'decide',
  Negated: 'decide',
  Ambiguous: 'decide',
  OtherOption: 'decide',
  Ungraded: 'decide',
} as const satisfies Readonly<Record<GradingRule, Stage>>;

/**
 * What a reply is worth. `unclear`: no one option is meant, or no person wrote it. `option` is the one it means; `value`
 * is what a storing prompt keeps.
 */
export type Verdict = {
  readonly verdict: 'right' | 'wrong' | 'unclear' | 'ungraded';
  readonly rule: GradingRule;
  readonly option?: OptionId;
  readonly value?: AnswerValue;
};

/** A verdict with the stage that decided. */
export type ExplainedVerdict = Verdict & { readonly stage: Stage };
