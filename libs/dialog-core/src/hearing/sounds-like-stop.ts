import { hasUnspacedLetters } from '../languages/spoken';
import { isTelling, once } from '../languages/stop-roles';
import { plainText } from '../plain-text';
import { featuresOf, places } from './stop-features';
import { lettersTogether, signsAsWords } from './stop-sign';
import learnt from './stop-weights.json';

/** Longer texts are about something else. Both bound the work as well. */
const mostWords = 40;
const mostUnits = 400;

/** Weights are written as one character each: this one is nothing, those behind it in ASCII speak for a request. */
const nothing = 'P'.charCodeAt(0);

const weights = once(() => Float64Array.from({ length: places }, (_, at) => weightAt(at)));

const weightAt = (place: number): number => (learnt.weights.charCodeAt(place) - nothing) * learnt.step;

/** Makes ready what the first text would otherwise wait for. */
export const readyWeights = (): void => void weights();

export const areWeightsReady = (): boolean => weights.isMade();

/** The words of a text as the classifier reads them; none where it is not worth a look: too long, or one word that tells nothing. */
export const wordsToWeigh = (text: string): readonly string[] => {
  const plain = lettersTogether(plainText(signsAsWords(text)));
  if (plain === '' || plain.length > mostUnits) return [];
  const words = plain.split(' ');
  if (words.length > mostWords) return [];
  return words.length > 1 || hasUnspacedLetters(plain) || isTelling(plain) ? words : [];
};

/** How much plain words sound like a request to stop, by what was learnt from examples. */
const weigh = (words: readonly string[]): number => {
  const { places: shown, amounts } = featuresOf(words);
  const known = weights();
  return shown.reduce((sum, place, at) => sum + (known[place] ?? 0) * (amounts[at] ?? 0), learnt.bias);
};

/**
 * Does this text sound like a request to stop, though no rule says that it is one? A false alarm costs a question back, and
 * never an answer: ask only where nothing else explains the text.
 */
export const soundsLikeStop = (text: string): boolean => {
  const words = wordsToWeigh(text);
  return words.length > 0 && weigh(words) > learnt.threshold;
};

/** Does this text sound so much unlike a request to stop that a rule which takes it for one is wrong? */
export const soundsUnlikeStop = (text: string): boolean => {
  const words = wordsToWeigh(text);
  return words.length > 0 && weigh(words) < learnt.floor;
};
