import { languageSchema, type Language, type Prompt, type PromptSlug } from '@stopcovid/contracts';
import { withOtherWords } from './other-words';

const english = languageSchema.parse('en');
const [french, spanish, khmer] = ['fr', 'es', 'km'].map((code) => languageSchema.parse(code)) as [
  Language,
  Language,
  Language,
];
const otherWords = (text: string, language: Language): readonly string[] => {
  const prompt: Prompt = {
    slug: 'question' as PromptSlug,
    messages: [{ text: { [language]: '?' } }],
    maxAttempts: 2,
    answers: { [language]: [text] },
  };
  return withOtherWords([prompt], [language])[0]?.otherWords?.[language] ?? [];
};

describe('the words that a slip could make', () => {
  it.each([
    ['an opposite', 'symptomatic', english, 'asymptomatic'],
    ['a word with a letter replaced', 'safe glove', english, 'clove'],
    ['a word with a letter swapped', 'casual', english, 'causal'],
    ['a Spanish word', 'cocina', spanish, 'cocida'],
    ['a French word, whatever its accents', 'mouillée', french, 'souillee'],
  ])('have %s', (_what, text, language, other) => expect(otherWords(text, language)).toContain(other));

  it.each([
    ['an inflection of the same word', 'thumbs', english, 'thumb'],
    ['a word of three letters', 'they', english, 'the'],
    ['the word itself', 'glove', english, 'glove'],
    ['what is no word', 'gloves', english, 'glovess'],
  ])('leave out %s', (_what, text, language, other) =>
    expect(otherWords(text, language)).not.toContain(other),
  );

  it('are none in a language without a list', () => expect(otherWords('លាងដៃ', khmer)).toEqual([]));
});
