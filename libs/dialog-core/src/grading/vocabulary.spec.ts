import { spoken } from '../languages/spoken';
import { yesWords } from './vocabulary';

it.each(Object.entries(spoken))('a yes in %s is one to a question', (_language, { yes }) => {
  expect(yes.filter((word) => yesWords.has(word))).not.toEqual([]);
});
