import { examplesOf, madeExamples, readSet, setNames, textsOf, type Example, type SetName } from './examples';
import { learn, soundOf, type Learnt } from './learn';
import { chanceFrom } from './phrases';

/** Of the others in sets that were held out of the training, as many may sound like requests: the threshold is there. */
const mostFalse = 0.02;

/** What was learnt, and above which sound a text is taken for a request. */
export type Trained = Learnt & { readonly threshold: number };

const examplesIn = (names: readonly SetName[]): readonly Example[] => [
  ...madeExamples(chanceFrom(1)),
  ...names.flatMap((name) => examplesOf(readSet(name))),
];

/** Leaves out of the examples what a set has, also where it was made or is in two sets. */
const without = (examples: readonly Example[], name: SetName): readonly Example[] => {
  const { requests, others } = readSet(name);
  const held = new Set([...textsOf(requests), ...textsOf(others)].map((text) => text.toLowerCase()));
  return examples.filter(({ text }) => !held.has(text.toLowerCase()));
};

/** How much the others of each set sound like requests to who learnt from the rest. */
const heldOutSounds = (names: readonly SetName[], examples: readonly Example[]): readonly number[] =>
  names.flatMap((name) => {
    const learnt = learn(without(examples, name));
    return textsOf(readSet(name).others).map((text) => soundOf(learnt, text));
  });

/** Learns from these sets and what is made. The threshold is what each of them tells of the others. */
export const train = (names: readonly SetName[] = setNames, heldOut?: SetName): Trained => {
  const all = examplesIn(names);
  const examples = heldOut === undefined ? all : without(all, heldOut);
  const sounds = [...heldOutSounds(names, examples)].sort((one, other) => other - one);
  const threshold = sounds[Math.floor(sounds.length * mostFalse)] ?? 0;
  return { ...learn(examples), threshold };
};

/** Weights as the dialog reads them: one character each, `P` for nothing, 45 steps to both sides. */
export const written = ({ weights, bias, threshold }: Trained): string => {
  const step = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 45;
  const letters = Array.from(weights, (weight) =>
    String.fromCharCode('P'.charCodeAt(0) + Math.round(weight / step)),
  );
  return `${JSON.stringify({ bias, threshold, step, weights: letters.join('') }, null, 2)}\n`;
};
