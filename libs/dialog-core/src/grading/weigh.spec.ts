import { compileChoices } from './compile';
import { matchText } from './weigh';
import { wordsOf } from './words';

const compiled = compileChoices(
  ['soap and warm water', 'hand gel only', 'No, nothing at all'].map((text) => ({
    choice: { text, value: text },
    texts: [text],
  })),
  'en',
);
const weighed = (text: string) => matchText(compiled, wordsOf(text));

describe('a text is weighed from the strictest comparison to the loosest', () => {
  it.each([
    ['the words themselves', 'Soap and warm water!', 0, 'Exact'],
    ['the words but for articles', 'the soap and the warm water', 0, 'Exact'],
    ['the words twice', 'hand gel only hand gel only', 1, 'Exact'],
    ['the words with courtesy', 'hand gel only please', 1, 'Exact'],
    ['the no that an option begins with', 'no', 2, 'YesNo'],
    ['one slip in a text', 'sopa and warm water', 0, 'Fuzzy'],
    ['one slip in a text with courtesy', 'I think soap nad warm water please', 0, 'Fuzzy'],
    ['the words within a longer text', 'we always use soap and warm water in there', 0, 'Phrase'],
    ['a word that one option alone has', 'gel', 1, 'Part'],
  ])('%s', (_what, text, choice, rule) => expect(weighed(text)).toEqual({ choice, rule }));

  it.each([
    ['words of no option', 'a towel', 'NoMatch'],
    ['the words of an option, denied', 'never use soap and warm water there', 'Negated'],
    ['words of two options', 'soap and warm water or hand gel only', 'Ambiguous'],
  ])('%s mean none', (_what, text, rule) => expect(weighed(text)).toEqual({ choice: undefined, rule }));
});
