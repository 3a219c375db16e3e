import type { Language, Prompt } from '@stopcovid/contracts';
import { gradeReply } from '@stopcovid/dialog-core';
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
