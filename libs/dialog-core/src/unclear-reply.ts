import type { DrillContent, Event, Language, Prompt } from '@stopcovid/contracts';
import { askedPrompt, isGraded } from './prompts';
import type { Judged } from './stored-value';

type Unclear = Event<'ReplyUnclear'>;

/** So many unclear replies to one prompt cost nothing; each one after them is an attempt, so that every drill ends. */
export const mostFree = 2;

/** Where no answer is right none is wrong: what cannot be stored there is unclear. */
export const isUnclear = (prompt: Prompt, { verdict }: Judged): boolean =>
  verdict === 'unclear' || (verdict === 'wrong' && !isGraded(prompt));

/** Why no one answer is meant. What names nothing that was asked for means none. */
export const whyUnclear = ({ rule }: Judged): Unclear['why'] => {
  switch (rule) {
    case 'Blank':
      return 'nothing';
    case 'AskedBack':
      return 'askedBack';
    case 'Ambiguous':
    case 'Contradiction':
      return 'several';
    case 'Negated':
      return 'denied';
    default:
      return 'none';
  }
};

const wanted = ({ options, store }: Prompt): Unclear['asks']['wants'] => {
  if (store !== undefined && store.type !== 'text') return store.type;
  return options === undefined ? 'answer' : 'option';
};

/** What is wanted, to be said instead of "wrong". */
export const askClearly = (content: DrillContent, prompt: Prompt, language: Language): Unclear['asks'] => ({
  wants: wanted(prompt),
  prompt: askedPrompt(content, prompt.slug, language),
});
