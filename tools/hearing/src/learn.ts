import { stopFeatures, stopPlaces, wordsToWeigh, type Features } from '@stopcovid/dialog-core';
import type { Example } from './examples';
import { chanceFrom, type Chance } from './phrases';

/** What was learnt: a weight for each place, and one for any text. */
export type Learnt = { readonly weights: Float64Array; readonly bias: number };

type Seen = { readonly features: Features; readonly asks: boolean; readonly counts: number };

const rounds = 25;
const rate = 0.8;
const biasRate = 0.02;
/** How much a weight is pulled to nothing each time. */
const pull = 1e-6;

const known = new Map<string, Features>();

/** The features of a text; undefined where it is not worth a look. Remembered, because one text is in many trainings. */
export const featuresIn = (text: string): Features | undefined => {
  const words = wordsToWeigh(text);
  if (words.length === 0) return undefined;
  const key = words.join(' ');
  const features = known.get(key) ?? stopFeatures(words);
  known.set(key, features);
  return features;
};

/** How much a text sounds like a request: less than anything where it is not worth a look. */
export const soundOf = ({ weights, bias }: Learnt, text: string): number => {
  const features = featuresIn(text);
  return features === undefined ? -Infinity : weighed({ weights, bias }, features);
};

/** Loops over numbers: training spends its time here. */
const weighed = ({ weights, bias }: Learnt, { places, amounts }: Features): number => {
  let sum = bias;
  for (let at = 0; at < places.length; at += 1) sum += (weights[places[at] ?? 0] ?? 0) * (amounts[at] ?? 0);
  return sum;
};

const shuffle = (seen: Seen[], chance: Chance): void => {
  for (let at = seen.length - 1; at > 0; at -= 1) {
    const other = Math.floor(chance() * (at + 1));
    [seen[at], seen[other]] = [seen[other] as Seen, seen[at] as Seen];
  }
};

/** Logistic regression by AdaGrad: the same examples in the same order give the same weights. */
export const learn = (examples: readonly Example[]): Learnt => {
  const seen: Seen[] = examples.flatMap(({ text, asks, counts }) => {
    const features = featuresIn(text);
    return features === undefined ? [] : [{ features, asks, counts }];
  });
  const weights = new Float64Array(stopPlaces);
  const squares = new Float64Array(stopPlaces).fill(1);
  const chance = chanceFrom(7);
  let bias = 0;
  for (let round = 0; round < rounds; round += 1) {
    shuffle(seen, chance);
    for (const each of seen) {
      const error = errorOf({ weights, bias }, each);
      bias -= biasRate * error;
      mend({ weights, squares }, each.features, error);
    }
  }
  return { weights, bias };
};

const errorOf = (learnt: Learnt, { features, asks, counts }: Seen): number =>
  (1 / (1 + Math.exp(-weighed(learnt, features))) - Number(asks)) * counts;

const mend = (
  { weights, squares }: { readonly weights: Float64Array; readonly squares: Float64Array },
  { places, amounts }: Features,
  error: number,
): void => {
  for (let at = 0; at < places.length; at += 1) {
    const place = places[at] ?? 0;
    const weight = weights[place] ?? 0;
    const slope = error * (amounts[at] ?? 0) + pull * weight;
    const square = (squares[place] ?? 0) + slope * slope;
    squares[place] = square;
    weights[place] = weight - (rate * slope) / Math.sqrt(square);
  }
};
