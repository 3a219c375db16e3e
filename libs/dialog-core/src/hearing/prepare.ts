import { readyWords } from '../languages/stop-roles';
import { readyWeights } from './sounds-like-stop';

/** Makes ready what the first text would otherwise wait for. */
export const prepareToHearStop = (): void => {
  readyWords();
  readyWeights();
};
