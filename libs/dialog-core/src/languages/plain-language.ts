import type { Language } from '@stopcovid/contracts';
import { languagesToStopIn } from '../free-opt-out';
import { plainText } from '../plain-text';
import type { LanguageWords } from './language-words';
import { spoken } from './spoken';

const languages = Object.entries(spoken) as [Language, LanguageWords][];

const onlyOne = (found: Iterable<Language>): Language | undefined => {
  const all = new Set(found);
  return all.size === 1 ? [...all][0] : undefined;
};

const greetings: readonly (readonly [string, Language])[] = languages.flatMap(([language, words]) =>
  words.greetings.map((greeting) => [plainText(greeting), language] as const),
);

const keywordsOf = ({ keywords, drills, yes }: LanguageWords): readonly string[] =>
  [...Object.values(keywords), ...Object.values(drills), yes].flat().map(plainText);

const wordsByLanguage = languages.map(([language, words]) => ({
  language,
  words: new Set(keywordsOf(words)),
  isTelling: words.keywordsAreEverybodys !== true,
}));

const ofKeyword = (plain: string): Language | undefined => {
  const known = wordsByLanguage.filter(({ words }) => words.has(plain));
  return known.every(({ isTelling }) => isTelling)
    ? onlyOne(known.map(({ language }) => language))
    : undefined;
};

const ofGreeting = (plain: string): Language | undefined =>
  onlyOne(
    greetings.flatMap(([greeting, language]) =>
      plain === greeting || plain.startsWith(`${greeting} `) ? [language] : [],
    ),
  );

const ofLetters = (text: string): Language | undefined => {
  const composed = text.normalize('NFC');
  return onlyOne(
    languages.flatMap(([language, { letters }]) => (letters?.test(composed) === true ? [language] : [])),
  );
};

/** Whether a text is nothing but a greeting, or the name of a language. */
export const isGreeting = (plain: string): boolean => greetings.some(([greeting]) => greeting === plain);

/**
 * The language of a text where it is plainly one of ours: a greeting, a keyword of that language alone, a request to stop,
 * or letters that only it has.
 */
export const plainLanguage = (text: string): Language | undefined => {
  const plain = plainText(text);
  return ofGreeting(plain) ?? ofKeyword(plain) ?? ofLetters(text) ?? onlyOne(languagesToStopIn(text));
};

/** The language that most people read where a number is from. */
export const languageOfNumber = (phone: string): Language | undefined =>
  languages.find(([, { numbersBegin = [] }]) =>
    numbersBegin.some((begin) => phone.startsWith(`+${begin}`)),
  )?.[0];
