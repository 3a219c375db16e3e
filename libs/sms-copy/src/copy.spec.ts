import { languageSchema } from '@stopcovid/contracts';
import { copyLanguages, copyOf, offeredWords } from './copy';
import { sentenceKeys, variablesOf } from './own-copy';
import { segmentsOf } from './segments';
import { onPage, type SentenceKey } from './sentences';
import { placeholdersOf } from './template';

const english = copyOf('en');
const languages = copyLanguages.map((language) => ({ language, copy: copyOf(language) }));

describe.each(languages)('the sentences in $language', ({ language, copy }) => {
  it('are under a language code, and ask for what a deployment may ask for', () => {
    expect(languageSchema.safeParse(language).success).toBe(true);
    for (const key of sentenceKeys)
      expect(placeholdersOf(copy[key]).filter((name) => !variablesOf(key).includes(name))).toEqual([]);
  });

  it('ask for what the English ones ask for', () => {
    const asked = (sentences: object): unknown =>
      Object.entries(sentences).map(([key, text]) => [key, [...placeholdersOf(String(text))].sort()]);
    expect(asked(copy)).toEqual(asked(english));
  });

  it('name STOP, HELP and the cost where the carriers want it', () => {
    expect(copy.help).toMatch(/\{\{stop\}\}.*\{\{help\}\}/s);
    expect([copy.welcome, copy.optedIn]).toEqual(
      expect.arrayContaining([expect.stringContaining('{{help}}'), expect.stringContaining('{{stop}}')]),
    );
    expect([copy.stopWord, copy.helpWord, copy.startWord]).toEqual(['STOP', 'HELP', 'START']);
  });

  it('invite to single words that GSM-7 can say', () => {
    for (const word of Object.values(offeredWords(copy))) expect(word).toMatch(/^[A-Z]+$/);
  });

  it('are written in whole, composed characters', () => {
    for (const text of Object.values(copy)) expect(text).toBe(text.normalize('NFC').trim());
  });
});

const costlyKeys = (language: string): readonly string[] =>
  Object.entries(copyOf(language))
    .map(([key, text]) => ({ key: key as SentenceKey, text }))
    .filter(({ key, text }) => !onPage(key) && segmentsOf(text).encoding === 'UCS-2')
    .map(({ key }) => key);

it.each(['en', 'es', 'fr'])('no sentence in %s costs more than GSM-7', (language) => {
  expect(costlyKeys(language)).toEqual([]);
});

it.each([
  ['es-MX', 'es'],
  ['FR', 'fr'],
  ['vi', 'en'],
  ['', 'en'],
  ['constructor', 'en'],
])('%j reads %s', (language, expected) => {
  expect(copyOf(language)).toEqual(copyOf(expected));
});
