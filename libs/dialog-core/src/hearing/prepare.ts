import { areWordsReady, readyWords } from '../languages/stop-roles';
import { areWeightsReady, readyWeights } from './sounds-like-stop';

/** Makes ready what the first text would otherwise wait for. */
export const prepareToHearStop = (): void => {
  readyWords();
  readyWeights();
};

/** Whether the first text finds everything made: true after `prepareToHearStop`, or once a text needed it. */
export const isReadyToHearStop = (): boolean => areWordsReady() && areWeightsReady();
