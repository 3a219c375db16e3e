import type { Random } from '../carrier/faults';

const optionLine = /^\s*([\p{L}\p{N}]\p{M}*)[).]\s+(\S.*)$/u;

/** A choice that a question offers: `a) for 20 seconds`. */
export type Choice = { readonly mark: string; readonly words: string };

/** The choices that a text lists, one a line. */
export const choicesIn = (text: string): readonly Choice[] =>
  text.split('\n').flatMap((line) => {
    const [, mark, words] = optionLine.exec(line) ?? [];
    return mark !== undefined && words !== undefined ? [{ mark, words: words.trim() }] : [];
  });

/** Whether a text wants an answer: it offers choices, or it asks. */
export const asks = (text: string): boolean => /[?？]/.test(text) || choicesIn(text).length > 0;

/**
 * Whether a text names a word to be texted back, which such texts write in capitals: `Text MORE for the next one.` What
 * was asked before is over then.
 */
export const invites = (text: string): boolean => /(?<![\p{L}\p{N}])\p{Lu}{3,}(?![\p{L}\p{N}])/u.test(text);

/** One of several things; the list is not empty. */
export const pick = <T>(things: readonly [T, ...(readonly T[])], random: Random): T =>
  things[Math.floor(random() * things.length)] ?? things[0];

const freeAnswers = ['yes', 'no', '20', 'I think so', 'soap and water', 'Ana', 'not sure', 'sí'] as const;

/** What somebody may answer to a question. Which choice is right, nobody here knows. */
export const answerTo = (question: string, random: Random): string => {
  const [first, ...others] = choicesIn(question);
  if (!first) return pick(freeAnswers, random);
  const { mark, words } = pick([first, ...others], random);
  return pick([mark, mark, mark, mark.toUpperCase(), `${mark})`, words], random);
};

/** The text with one slip of the finger: a letter doubled, left out, or swapped with its neighbour. */
export const misspell = (text: string, random: Random): string => {
  const letters = [...text];
  const at = Math.floor(random() * letters.length);
  const [letter = '', next = ''] = letters.slice(at, at + 2);
  const slips: readonly [string, ...(readonly string[])] =
    letters.length < 3 ? [letter + letter, `${letter}.`] : ['', letter + letter, next + letter];
  const slip = pick(slips, random);
  const taken = slip === next + letter && next !== '' ? 2 : 1;
  return [...letters.slice(0, at), slip, ...letters.slice(at + taken)].join('');
};
