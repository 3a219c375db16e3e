import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expandOnce, slipIn, type Chance } from './phrases';

/** Texts by their language: requests to stop, and others that only have their words. */
export type ExampleSet = {
  readonly requests: Readonly<Record<string, readonly string[]>>;
  readonly others: Readonly<Record<string, readonly string[]>>;
};

/** A text, whether it asks us to stop, and how much it counts when weights are learnt. */
export type Example = { readonly text: string; readonly asks: boolean; readonly counts: number };

const data = join(__dirname, '../data');
const read = (name: string): unknown => JSON.parse(readFileSync(join(data, `${name}.json`), 'utf8'));

/** The sets that people wrote, oldest first. */
export const setNames = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh'] as const;
export type SetName = (typeof setNames)[number];

export const readSet = (name: SetName | 'fresh'): ExampleSet => read(`sets/${name}`) as ExampleSet;

export const textsOf = (texts: ExampleSet['requests']): readonly string[] => Object.values(texts).flat();

/** How often each pattern is made into a text, and how many of these have a slip. */
const perPattern = 60;
const slipped = 0.25;

const textsFrom = (patterns: readonly string[], chance: Chance): readonly string[] => {
  const made = new Set<string>();
  for (const pattern of patterns)
    for (let each = 0; each < perPattern; each += 1) {
      const text = expandOnce(pattern, chance);
      if (text !== '') made.add(chance() < slipped ? slipIn(text, chance) : text);
    }
  return [...made];
};

const answersFrom = (answers: readonly string[], chance: Chance): readonly string[] =>
  answers.flatMap((answer) => [
    answer,
    ...[1, 2, 3].map(() => slipIn(answer, chance)),
    `I think ${answer}`,
    `${answer} thanks`,
    `b) ${answer}`,
  ]);

/** What is made of patterns (wish, verb, what it is about, courtesy, reason) and of answers to drills, some with a slip. */
export const madeExamples = (chance: Chance): readonly Example[] => {
  const { requests, others } = read('patterns') as ExampleSet;
  const asking = textsFrom(textsOf(requests), chance);
  const speaking = textsFrom(textsOf(others), chance);
  const answers = answersFrom(read('answers') as readonly string[], chance);
  return [
    ...asking.map((text) => ({ text, asks: true, counts: 1 })),
    ...speaking.map((text) => ({ text, asks: false, counts: 1.5 })),
    ...answers.map((text) => ({ text, asks: false, counts: 1 })),
  ];
};

/** What people wrote counts for more than what was made. */
export const examplesOf = ({ requests, others }: ExampleSet): readonly Example[] => [
  ...textsOf(requests).map((text) => ({ text, asks: true, counts: 3 })),
  ...textsOf(others).map((text) => ({ text, asks: false, counts: 4 })),
];
