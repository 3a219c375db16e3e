import type { Language, Prompt } from '@stopcovid/contracts';
import { gradeReply } from '@stopcovid/dialog-core';
import fc from 'fast-check';
import { join } from 'node:path';
import { readCatalogue } from './directory';

type Question = { readonly prompt: Prompt; readonly language: Language };

const questions = async (): Promise<readonly Question[]> => {
  const read = await readCatalogue(join(__dirname, '../../../drills'));
  if (!read.ok) throw new Error('the sample drills do not pass lint');
  return [...read.catalogue.revisions.values()].flatMap(({ content }) =>
    content.prompts
      .filter(({ key, answers }) => key !== undefined || answers !== undefined)
      .flatMap((prompt) => content.languages.map((language) => ({ prompt, language }))),
  );
};

const isLetter = (char: string): boolean => /\p{L}/u.test(char);
/** The letter below on the keyboard, more or less. */
const neighbour = (char: string): string => String.fromCharCode(97 + ((char.charCodeAt(0) + 7) % 26));

/** Every text that one slip makes: a letter lost, doubled, swapped or replaced, a blank lost. No digit. */
const slipsOf = (text: string): readonly string[] => {
  const slips = [...text].flatMap((char, at) => {
    const [before, after] = [text.slice(0, at), text.slice(at + 1)];
    if (char === ' ') return [before + after];
    if (!isLetter(char)) return [];
    const swapped = isLetter(after.charAt(0)) ? [before + after.charAt(0) + char + after.slice(1)] : [];
    return [before + after, before + char + char + after, before + neighbour(char) + after, ...swapped];
  });
  return [...new Set(slips)].filter((slip) => slip !== text);
};

const textsOf = ({ prompt, language }: Question, isRight: boolean): readonly string[] => {
  const options = (prompt.options ?? []).filter(({ id }) => (id === prompt.key) === isRight);
  const answers = isRight ? (prompt.answers?.[language] ?? []) : [];
  return [...options.flatMap(({ text }) => text[language] ?? []), ...answers];
};

const graded = (all: readonly Question[], isRight: boolean) =>
  all.flatMap((question) =>
    textsOf(question, isRight)
      .flatMap(slipsOf)
      .map((reply) => ({ reply, ...gradeReply(question.prompt, question.language, reply) })),
  );

describe('one slip in an option of the sample drills', () => {
  it('leaves 98 % of the right ones right, and makes none of them another option', async () => {
    const verdicts = graded(await questions(), true);
    const missed = verdicts.filter(({ verdict }) => verdict !== 'right');
    expect(verdicts.length).toBeGreaterThan(2_000);
    expect(missed.filter(({ rule }) => rule === 'OtherOption')).toEqual([]);
    expect(missed.length / verdicts.length).toBeLessThanOrEqual(0.02);
  });

  it('makes no wrong one right', async () =>
    expect(graded(await questions(), false).filter(({ verdict }) => verdict === 'right')).toEqual([]));
});

const shifted = (from: number): ((char: string) => string) => {
  const row = from - 'a'.charCodeAt(0);
  return (char) => (/[a-z]/.test(char) ? String.fromCodePoint((char.codePointAt(0) ?? 0) + row) : char);
};
const bold = 0x1d41a;
const circled = 0x24d0;
const fullWidth = 0xff41;
const each = (replaced: (char: string) => string) => (text: string) =>
  Array.from(text.toLowerCase(), replaced).join('');

/** How phones and keyboards write the same letters otherwise. */
const lookAlikes: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => text.normalize('NFD'),
  (text) => text.replaceAll(' ', '\u00a0'),
  (text) => text.replaceAll('-', '\u2013').replaceAll("'", '\u2019'),
  each((char) => `${char}\u200d`),
  each(shifted(fullWidth)),
  each(shifted(circled)),
  each(shifted(bold)),
];

const courtesies: Readonly<Record<string, readonly (readonly [before: string, after: string])[]>> = {
  en: [
    ['', ''],
    ['I think it is ', ''],
    ['', ' please'],
    ['the answer is ', ', thank you'],
    ['Hi! ', '.'],
    ['um ', ' lol'],
  ],
  es: [
    ['', ''],
    ['creo que es ', ''],
    ['', ' por favor'],
    ['la respuesta es ', ', gracias'],
    ['Hola, ', '.'],
  ],
  fr: [
    ['', ''],
    ['je pense que c’est ', ''],
    ['', ' svp'],
    ['la réponse est ', ', merci'],
    ['Bonjour, ', '.'],
  ],
};

/** How an option is named: by its words, by its mark, by both. */
const forms: readonly ((id: string, text: string) => string)[] = [
  (_id, text) => text,
  (id) => id,
  (id) => `${id})`,
  (id, text) => `${id}) ${text}`,
  (id, text) => `${id}. ${text}`,
];

const picked = <T>(items: readonly T[], seed: number): T | undefined => items[seed % items.length];

type Seeds = Readonly<Record<'which' | 'slip' | 'form' | 'courtesy' | 'look', number>>;
const seed = fc.nat(10_000);
const seeds: fc.Arbitrary<Seeds> = fc.record({
  which: seed,
  slip: seed,
  form: seed,
  courtesy: seed,
  look: seed,
});

/** An option of any question, as somebody may send it: in any form, with any slip, courtesy and look-alikes. */
const sent = ({ prompt, language }: Question, isRight: boolean, by: Seeds): string | undefined => {
  const option = picked(
    (prompt.options ?? []).filter(({ id }) => (id === prompt.key) === isRight),
    by.which,
  );
  const text = option?.text[language];
  if (option === undefined || text === undefined) return undefined;
  const slipped = picked([text, ...slipsOf(text)], by.slip) ?? text;
  const named = picked(forms, by.form)?.(option.id, slipped) ?? slipped;
  return picked(lookAlikes, by.look)?.(politely(named, language, by.courtesy));
};

const politely = (text: string, language: string, by: number): string => {
  const [before, after] = picked(courtesies[language] ?? [], by) ?? ['', ''];
  return before + text + after;
};

describe('an option of the sample drills in any form, slip, courtesy and look-alike', () => {
  const gradedSamples = async (isRight: boolean) => {
    const all = await questions();
    return fc.sample(fc.tuple(fc.nat(10_000), seeds), { numRuns: 3_000, seed: 7 }).flatMap(([at, rest]) => {
      const question = picked(all, at);
      const reply = question && sent(question, isRight, rest);
      return question === undefined || reply === undefined
        ? []
        : [{ reply, ...gradeReply(question.prompt, question.language, reply) }];
    });
  };

  it('is never right where it is wrong', async () => {
    const verdicts = await gradedSamples(false);
    expect(verdicts.length).toBeGreaterThan(2_000);
    expect(verdicts.filter(({ verdict }) => verdict === 'right')).toEqual([]);
  });

  it('is right in 98 % where it is right, and otherwise unclear', async () => {
    const verdicts = await gradedSamples(true);
    const missed = verdicts.filter(({ verdict }) => verdict !== 'right');
    expect(missed.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
    expect(missed.length / verdicts.length).toBeLessThanOrEqual(0.02);
  });
});
