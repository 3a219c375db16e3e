import type { AnswerValue, Event, Language, ProfileChanges, Prompt } from '@stopcovid/contracts';
import { gradeReply, type GradingRule, type Verdict } from './grading/grade';
import { english, languageOf } from './languages/names';
import { storableText } from './plain-text';
import { unreachable } from './unreachable';
import { readWhen } from './when-words/read-when';

type Stored = NonNullable<Event<'PromptCompleted'>['stored']>;

/** What a reply is worth, with what it says of the schedule where that was asked for. */
export type Judged = Omit<Verdict, 'rule'> & {
  /** Recorded in events, like the grader's own: `NotAWhen`, neither days nor a time; `NotAZone`, none of the places. */
  readonly rule: GradingRule | 'NotAWhen' | 'NotAZone';
  readonly profile?: ProfileChanges;
};

/** Judges a reply as the grader does, and where the schedule is asked for by what can be understood of it. */
export const judgeReply = (prompt: Prompt, language: Language, text: string): Judged => {
  const verdict = gradeReply(prompt, language, text);
  if (verdict.verdict !== 'ungraded') return verdict;
  if (prompt.store?.type === 'when') return judgeWhen(verdict, language, text);
  if (prompt.store?.type === 'zone') return judgeZone(verdict);
  return takesOnlyOptions(prompt) && verdict.option === undefined
    ? judgeOtherWords(prompt, verdict, text)
    : verdict;
};

const takesOnlyOptions = ({ options, store, other }: Prompt): boolean =>
  options !== undefined && store !== undefined && other !== true;

/** Words of no option mean none, unless they name the language that an option stores: `Spanish` for `Español`. */
const judgeOtherWords = ({ options, store }: Prompt, { rule }: Verdict, text: string): Judged => {
  const language = store?.field === 'language' ? languageOf(storableText(text)) : undefined;
  const named = language && options?.find(({ value }) => value === language);
  return named
    ? { verdict: 'ungraded', rule: 'Exact', option: named.id, value: language }
    : { verdict: 'unclear', rule };
};

const judgeWhen = (verdict: Verdict, language: Language, text: string): Judged => {
  const when = readWhen(text, language);
  if (when === undefined) return { verdict: 'wrong', rule: 'NotAWhen' };
  const { days, time } = when;
  const profile = {
    ...(days !== undefined && { deliveryDays: [...days] }),
    ...(time !== undefined && { preferredTime: time }),
  };
  return { ...verdict, profile };
};

/** As names by place are written. Whether there is such a zone is known when a drill is read, not here. */
const zoneName = /^(?=.{1,64}$)(?:UTC|[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+)$/;

/** A zone is the value of an option: what people type themselves names no place for certain. */
const judgeZone = (verdict: Verdict): Judged => {
  const zone = verdict.option === undefined ? '' : String(verdict.value);
  if (!zoneName.test(zone)) return { verdict: 'wrong', rule: 'NotAZone' };
  return { ...verdict, profile: { timeZone: zone, timeZoneSource: 'trainee' } };
};

/** What goes on record as stored. A reply that is no number, where one was asked for, stores nothing. */
export const storedOf = ({ store }: Prompt, judged: Judged, text: string): Stored | undefined => {
  if (store === undefined) return undefined;
  const { field, type } = store;
  const { value, profile } = judged;
  switch (type) {
    case 'when':
    case 'zone':
      return profile && { field, value: storableText(String(value ?? text)), profile };
    case 'text': {
      const words = wordsToStore(field, String(value ?? text));
      return words === '' ? undefined : { field, value: words };
    }
    case 'number':
      return typed(field, value, 'number');
    case 'yesNo':
      return typed(field, value, 'boolean');
    default:
      return unreachable(type);
  }
};

const wordsToStore = (field: string, text: string): string => {
  const words = storableText(text);
  return words !== '' && field === 'language' ? (languageOf(words) ?? english) : words;
};

const typed = (
  field: string,
  value: AnswerValue | undefined,
  type: 'number' | 'boolean',
): Stored | undefined => (value !== undefined && typeof value === type ? { field, value } : undefined);
