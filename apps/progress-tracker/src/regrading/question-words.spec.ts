import { drillContentSchema } from '@stopcovid/contracts';
import { questionWords } from './question-words';

const content = drillContentSchema.parse({
  slug: 'hands',
  title: { en: 'Hands' },
  languages: ['en', 'es'],
  prompts: [
    {
      slug: 'how-long',
      messages: [
        { text: { en: 'Hi {{name}}!', es: '¡Hola, {{name}}!' } },
        {
          text: { en: '{{name}}, how long?\n{{options}}\nReply with a letter.', es: '¿Cuánto? {{options}}' },
        },
        { media: 'hands.png' },
      ],
      options: [
        { id: 'a', text: { en: '5 seconds', es: '5 segundos' } },
        { id: 'b', text: { en: '20 seconds', es: '20 segundos' } },
      ],
      key: 'b',
    },
    { slug: 'whom', messages: [{ text: { en: 'Whom?' } }], answers: { en: ['my boss', 'my manager'] } },
  ],
});
const wordsOf = (prompt: string, language: string) => questionWords(content, { prompt, language } as never);

describe('the words of a question', () => {
  it.each([
    ['how-long', 'en', '…, how long?\nReply with a letter.', ['b) 20 seconds']],
    ['how-long', 'es', '¿Cuánto?', ['b) 20 segundos']],
    ['whom', 'es', 'Whom?', ['my boss', 'my manager']],
  ])('are what its last text asks, with the right answers: %s in %s', (prompt, language, words, right) =>
    expect(wordsOf(prompt, language)).toEqual({ words, right }),
  );

  it('are not known where the content has no such prompt', () =>
    expect(wordsOf('gone', 'en')).toBeUndefined());
});
