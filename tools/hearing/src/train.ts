import { examplesOf, madeExamples, readSet, setNames, textsOf, type Example, type SetName } from './examples';
import { learn, soundOf, type Learnt } from './learn';
import { chanceFrom } from './phrases';

/** Of the others in sets that were held out of the training, as many may sound like requests: the threshold is there. */
const mostFalse = 0.02;
/** Of the requests in sets that were held out, as many may sound less like one: the floor is there. */
const mostDenied = 0.01;

/** What was learnt; above which sound a text is taken for a request, and below which it is none whatever a rule says. */
export type Trained = Learnt & { readonly threshold: number; readonly floor: number };

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

/** The sounds of texts that who learnt had not seen. */
type HeldOut = { readonly requests: readonly number[]; readonly others: readonly number[] };

/** How much the texts of each set sound like requests to who learnt from the rest. */
const heldOutSounds = (names: readonly SetName[], examples: readonly Example[]): HeldOut => {
  const sets = names.map((name) => {
    const learnt = learn(without(examples, name));
    const soundsOf = (texts: readonly string[]): readonly number[] =>
      texts.map((text) => soundOf(learnt, text));
    const { requests, others } = readSet(name);
    return { requests: soundsOf(textsOf(requests)), others: soundsOf(textsOf(others)) };
  });
  return {
    requests: sets.flatMap(({ requests }) => requests).filter(Number.isFinite),
    others: sets.flatMap(({ others }) => others),
  };
};

const quantile = (sounds: readonly number[], share: number): number =>
  [...sounds].sort((one, other) => one - other)[Math.floor(sounds.length * share)] ?? 0;

/** Learns from these sets and what is made. Threshold and floor are what each of them tells of the others. */
export const train = (names: readonly SetName[] = setNames, heldOut?: SetName): Trained => {
  const all = examplesIn(names);
  const examples = heldOut === undefined ? all : without(all, heldOut);
  const sounds = heldOutSounds(names, examples);
  return {
    ...learn(examples),
    threshold: quantile(sounds.others, 1 - mostFalse),
    floor: quantile(sounds.requests, mostDenied),
  };
};

/** Weights as the dialog reads them: one character each, `P` for nothing, 45 steps to both sides. */
export const written = ({ weights, bias, threshold, floor }: Trained): string => {
  const step = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 45;
  const letters = Array.from(weights, (weight) =>
    String.fromCharCode('P'.charCodeAt(0) + Math.round(weight / step)),
  );
  return `${JSON.stringify({ bias, threshold, floor, step, weights: letters.join('') }, null, 2)}\n`;
};
