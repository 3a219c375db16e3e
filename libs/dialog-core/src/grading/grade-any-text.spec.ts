import type { Prompt } from '@stopcovid/contracts';
import fc from 'fast-check';
import { gradeAgainstKey, gradeReply } from './grade';
import { choiceOf, lang } from './grading.testkit';
import { longestGraded, wordsOf } from './words';

const lines: Readonly<Record<string, readonly string[]>> = {
  en: ['for 10 seconds', 'for 20 seconds', 'wash your hands', 'wear a mask', 'the mozzarella', 'not at all'],
  es: [
    'durante 10 segundos',
    'durante 20 segundos',
    'lavarse las manos',
    'usar mascarilla',
    'nada de eso',
    'año',
  ],
  fr: [
    'pendant 10 secondes',
    'pendant 20 secondes',
    'se laver les mains',
    "boire de l'eau",
    'rien de tout cela',
  ],
  km: ['១០ វិនាទី', '២០ វិនាទី', 'លាងដៃ', 'ពាក់ម៉ាស់', 'បាទ/ចាស', 'ទេ'],
};
const markSets = ['abcd', '1234', 'ñnxy', 'កខគឃ', 'éiöz'];

type Case = { readonly prompt: Prompt; readonly language: string; readonly right: number };

const cases: fc.Arbitrary<Case> = fc
  .record({ language: fc.constantFrom(...Object.keys(lines)), marks: fc.constantFrom(...markSets) })
  .chain(({ language, marks }) =>
    fc
      .record({
        texts: fc.shuffledSubarray([...(lines[language] ?? [])], { minLength: 2, maxLength: 4 }),
        pick: fc.nat(),
      })
      .map(({ texts, pick }) => {
        const ids = [...marks].slice(0, texts.length);
        const right = pick % texts.length;
        const options = Object.fromEntries(texts.map((text, at) => [ids[at] ?? '', text]));
        return { prompt: choiceOf(options, ids[right], language), language, right };
      }),
  )
  .map(({ prompt, language }) => ({
    prompt,
    language,
    right: (prompt.options ?? []).findIndex(({ id }) => id === prompt.key),
  }));

const leads: Readonly<Record<string, string>> = { en: 'option', es: 'la', fr: 'réponse', km: 'ជម្រើស' };

/** Every way to choose an option: by mark, by text, by both. */
const formsOf = (id: string, text: string, language: string): readonly string[] => [
  id,
  ` ${id.toUpperCase()} `,
  `${id})`,
  `(${id})`,
  `${id}.`,
  `${id}:`,
  `${leads[language] ?? ''} ${id}`,
  text,
  text.toUpperCase(),
  `${text}.`,
  text.normalize('NFD'),
  `  ${text}  `,
  `${id}) ${text}`,
  `${id}. ${text}`,
  `(${id}) ${text}`,
  `${id} - ${text}`,
  `${id} ${text}`,
];

const optionsOf = ({ prompt, language }: Case) =>
  (prompt.options ?? []).map((option) => ({ id: option.id, text: option.text[lang(language)] ?? '' }));

describe('any prompt', () => {
  it('takes its right option in every form, and no distractor in any', () =>
    fc.assert(
      fc.property(cases, (each) => {
        for (const [at, { id, text }] of optionsOf(each).entries())
          for (const form of formsOf(id, text, each.language)) {
            const { verdict, option } = gradeReply(each.prompt, lang(each.language), form);
            expect([form, verdict, option]).toEqual([form, at === each.right ? 'right' : 'wrong', id]);
          }
      }),
    ));

  it('refuses the mark of one option with the words of another', () =>
    fc.assert(
      fc.property(cases, (each) => {
        const options = optionsOf(each);
        for (const one of options)
          for (const other of options.filter(({ id }) => id !== one.id))
            expect(gradeReply(each.prompt, lang(each.language), `${one.id}) ${other.text}`)).toMatchObject({
              verdict: 'unclear',
              rule: 'Contradiction',
            });
      }),
    ));

  it('takes no distractor with one letter doubled, dropped or swapped', () =>
    fc.assert(
      fc.property(cases, fc.nat(), (each, seed) => {
        for (const [at, { text }] of optionsOf(each).entries()) {
          const where = seed % text.length;
          const slips = [
            text.slice(0, where) + text.slice(where + 1),
            text.slice(0, where) + text.charAt(where) + text.slice(where),
          ];
          for (const slip of slips.filter(() => at !== each.right))
            expect([slip, gradeReply(each.prompt, lang(each.language), slip).verdict]).not.toEqual([
              slip,
              'right',
            ]);
        }
      }),
    ));
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    maxLength: 200,
  }),
  fc.string({
    unit: fc.constantFrom('a', ')', ' ', '’', '\0', '\u202e', '\ud83d', '1', ',', '-', 'ក', '្', 'no '),
  }),
);

describe('any text', () => {
  it('gets a verdict from any prompt and any key', () =>
    fc.assert(
      fc.property(cases, anyText, anyText, ({ prompt, language }, reply, key) => {
        expect(['right', 'wrong', 'unclear']).toContain(gradeReply(prompt, lang(language), reply).verdict);
        expect(['right', 'wrong', 'unclear']).toContain(gradeAgainstKey(reply, key).verdict);
      }),
    ));

  it('is right or wrong for ever: the same reply gets the same verdict', () =>
    fc.assert(
      fc.property(cases, anyText, ({ prompt, language }, reply) =>
        expect(gradeReply(structuredClone(prompt), lang(language), reply)).toEqual(
          gradeReply(prompt, lang(language), reply),
        ),
      ),
    ));

  it('without a letter or a number is blank', () =>
    fc.assert(
      fc.property(
        cases,
        fc.string({ unit: fc.constantFrom(' ', '.', '!', '👍', '🏽', '\u200d', '\ud83d', '\0') }),
        (each, reply) => expect(gradeReply(each.prompt, lang(each.language), reply).rule).toBe('Blank'),
      ),
    ));

  it.each([100, longestGraded, 100_000])('of %d characters makes a bounded number of words', (length) => {
    const { words, gaps } = wordsOf('a '.repeat(length / 2));
    expect(words.length).toBe(Math.min(length, longestGraded) / 2);
    expect(gaps).toHaveLength(words.length);
  });

  it('has one gap per word', () =>
    fc.assert(
      fc.property(anyText, (text) => {
        const { words, gaps } = wordsOf(text);
        expect(gaps).toHaveLength(words.length);
        expect(words).not.toContain('');
      }),
    ));
});
