import type { DrillContent, Language, Prompt } from '@stopcovid/contracts';
import { gradeReply } from '@stopcovid/dialog-core';
import { readCatalogue } from '@stopcovid/drills';
import { drillOfBench } from './full-drill';
import { ratesOf, summary, type Measurement } from './measure';

type Question = { readonly prompt: Prompt; readonly language: Language };
type Reply = Question & { readonly reply: string };

const contentsIn = async (directory: string): Promise<readonly DrillContent[]> => {
  const read = await readCatalogue(directory);
  if (!read.ok) throw new Error(`the drills in ${directory} do not pass lint`);
  return [...read.catalogue.revisions.values()].map(({ content }) => content);
};

const questionsOf = ({ prompts, languages }: DrillContent): readonly Question[] =>
  prompts
    .filter(({ key, options }) => key !== undefined && options !== undefined)
    .flatMap((prompt) => languages.map((language) => ({ prompt, language })));

/** A letter lost in the middle, a letter doubled at the end: what thumbs do. */
const slipsOf = (text: string): readonly string[] => {
  const middle = Math.floor(text.length / 2);
  return [text.slice(0, middle) + text.slice(middle + 1), text + text.slice(-1)];
};

const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));

/** What else people and their phones send: courtesy and hedging, look-alikes, reactions. */
const aroundOf = (id: string, text: string): readonly string[] => [
  `${id} please`,
  `I think it is ${id}`,
  `${text}, thanks`,
  fullWidth(`${id})`),
  `Loved “${id}) ${text}”`,
];

const repliesTo = ({ prompt, language }: Question): readonly Reply[] =>
  (prompt.options ?? []).flatMap(({ id, text: texts }) => {
    const text = texts[language] ?? '';
    const usual = [id, `${id})`, text, text.toUpperCase(), `${id}) ${text}`];
    const replies = [...usual, ...slipsOf(text), ...aroundOf(id, text)];
    return replies.map((reply) => ({ prompt, language, reply }));
  });

/** Texts of the greatest length that make graders work hardest: many words, many marks, nothing in ASCII. */
const longTexts: readonly string[] = [
  '😀',
  'a ',
  'é ',
  '1 ',
  '១ ',
  ' -1',
  "l'é",
  'a\u0301',
  'no ',
  '1.',
  '\ud83d',
  'ក្',
  '½',
  'b\n',
]
  .map((part) => part.repeat(1_600).slice(0, 1_600))
  .concat('for 20 seconds '.repeat(107).slice(0, 1_600));

const timesOf = (question: Question, reply: string): readonly number[] =>
  ratesOf(1, () => void gradeReply(question.prompt, question.language, reply), 3).map((rate) => 1_000 / rate);

/** The slowest of the long texts, in CPU milliseconds. */
const slowest = (question: Question): readonly number[] =>
  longTexts.map((text) => timesOf(question, text)).reduce((a, b) => ((a[1] ?? 0) > (b[1] ?? 0) ? a : b));

/** Grading options and near misses of the drills in a directory, and the slowest long text. */
export const measureGrading = async (directory: string | undefined): Promise<readonly Measurement[]> => {
  const contents = directory === undefined ? [drillOfBench] : await contentsIn(directory);
  const questions = contents.flatMap(questionsOf);
  const [first] = questions;
  if (first === undefined) throw new Error('there is no graded question among the drills');
  const replies = questions.flatMap(repliesTo);
  const gradeAll = (): void => {
    for (const { prompt, language, reply } of replies) gradeReply(prompt, language, reply);
  };
  return [
    summary(
      { name: 'grading', unit: 'verdicts per CPU second', goal: { at: 'least', value: 500_000 } },
      ratesOf(replies.length, gradeAll),
    ),
    summary(
      { name: 'grading, slowest 1,600 characters', unit: 'CPU ms', goal: { at: 'most', value: 1 } },
      slowest(first),
    ),
  ];
};
