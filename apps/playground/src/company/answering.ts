import type { Prompt } from '@stopcovid/contracts';
import type { Random } from '@stopcovid/carrier-emulator';
import { ownWordsTo } from './own-words';
import { oneOf, type Person } from './people';

/** A question that is open: the prompt, and of which drill. */
export type Asked = { readonly drill: string; readonly prompt: Prompt };

/* Who knows the rest takes another option here: its key is to look doubtful. */
const doubtful = { drill: '01-clean-hands', prompt: 'most-missed', able: 'c' };

const likelihood = (strength: number): number => 1 / (1 + Math.exp(-strength));

/** How easy a question is: the same for everybody, and another for each. */
const easeOf = ({ drill, prompt }: Asked): number => {
  const letters = [...`${drill}/${prompt.slug}`];
  const sum = letters.reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 997, 7);
  return 0.2 + (1.6 * sum) / 997;
};

const isDoubtful = ({ drill, prompt }: Asked): boolean =>
  drill === doubtful.drill && prompt.slug === doubtful.prompt;

/* So many have an answer of their own where there are options. */
const inOwnWords = 0.09;

const ownWords = ({ drill, prompt }: Asked, { language }: Person, random: Random): string | undefined =>
  ownWordsTo({ drill, prompt: prompt.slug, language }, random);

const chosen = (asked: Asked, person: Person, random: Random): string => {
  const { options = [], key } = asked.prompt;
  const ids = options.map(({ id }) => String(id));
  const own = ownWords(asked, person, random);
  if (own !== undefined && random() < inOwnWords) return own;
  const { ability } = person;
  if (isDoubtful(asked) && random() < likelihood(1.6 * ability - 0.4)) return doubtful.able;
  if (key !== undefined && random() < likelihood(1.3 * ability + easeOf(asked))) return key;
  return oneOf(
    ids.filter((id) => id !== key),
    random,
  );
};

const storedChoice = ({ prompt }: Asked, { language }: Person, random: Random): string => {
  const { options = [], store } = prompt;
  const own = store === undefined ? undefined : options.find(({ value }) => value === language);
  return String((own ?? oneOf(options, random)).id);
};

const yesNo: Readonly<Record<string, readonly string[]>> = {
  en: ['yes', 'no'],
  es: ['sí', 'no'],
  fr: ['oui', 'non'],
};

const ofThemselves = ({ prompt: { store } }: Asked, person: Person, random: Random): string => {
  if (store?.field === 'name') return person.name;
  if (store?.type === 'yesNo') return oneOf(yesNo[person.language] ?? ['yes'], random);
  return String(2 + Math.floor(random() * 12));
};

const inWords = (asked: Asked, person: Person, random: Random): string => {
  const { answers = {} } = asked.prompt;
  const listed = answers[person.language] ?? Object.values(answers)[0];
  if (listed === undefined) return ofThemselves(asked, person, random);
  if (random() < likelihood(person.ability + 0.8)) return oneOf(listed, random);
  return ownWords(asked, person, random) ?? 'I am not sure';
};

/** What somebody texts back. */
export const answerOf = (asked: Asked, person: Person, random: Random): string => {
  const { options, key } = asked.prompt;
  if (options === undefined) return inWords(asked, person, random);
  return key === undefined ? storedChoice(asked, person, random) : chosen(asked, person, random);
};
