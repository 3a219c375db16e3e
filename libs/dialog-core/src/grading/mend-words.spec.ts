import { compileChoices, type Compiled } from './compile';
import { told } from './lexicon';
import { mendBlanks, mendSlips } from './mend-words';

const compiledOf = (texts: readonly string[], otherWords?: readonly string[]): Compiled =>
  compileChoices(
    texts.map((text) => ({ choice: { text, value: text }, texts: [text] })),
    'en',
    otherWords,
  );
const toldOf = (compiled: Compiled, typed: string) => told(compiled.lexicon, typed.split(' '));
const bath = compiledOf(['an ice bath', 'fingertips', '2-3 pumps']);
const blanksMended = (typed: string) => mendBlanks(bath, toldOf(bath, typed)).words;

describe('blanks', () => {
  it.each([
    ['lost between two words', 'an icebath', 'an ice bath'],
    ['added within a word', 'finger tips', 'fingertips'],
    ['in the place of a dash', '2 3 pumps', '2-3 pumps'],
    ['around a word for the dash', '2 to 3 pumps', '2-3 pumps'],
  ])('%s are mended: %s', (_what, typed, meant) => expect(blanksMended(typed)).toEqual(meant.split(' ')));

  it.each(['an ice bath', 'finger nails', 'pumps 2'])('that are right stay: %s', (typed) =>
    expect(blanksMended(typed)).toEqual(typed.split(' ')),
  );
});

describe('a slip in a word', () => {
  const food = compiledOf(['the mozzarella cheese', 'raw chicken'], ['cheeses']);
  const mended = (typed: string) => {
    const { text, slips } = mendSlips(food, toldOf(food, typed));
    return { words: text.words, slips };
  };

  it.each([
    ['a letter lost', 'mozarella', 'mozzarella'],
    ['a letter doubled', 'chickken', 'chicken'],
    ['two letters swapped', 'hcicken', 'chicken'],
    ['a letter replaced', 'chicben', 'chicken'],
  ])('is mended: %s', (_slip, typed, meant) => expect(mended(typed)).toEqual({ words: [meant], slips: 1 }));

  it.each([
    ['another word of the language', 'cheeses'],
    ['two slips', 'chiken s'],
    ['a short word alone', 'rww'],
  ])('is not: %s', (_what, typed) =>
    expect(mended(typed).words.join(' ')).toBe(typed.replace('chiken', 'chicken')),
  );

  it('is mended once in a short text and twice in a longer one', () => {
    expect(mended('mozarella chese').slips).toBe(1);
    expect(mended('only mozarella chese today').slips).toBe(2);
  });

  it('never makes or takes a denial or an amount', () => {
    const denied = compiledOf(['without gloves', '20 seconds']);
    expect(mendSlips(denied, toldOf(denied, 'withut')).slips).toBe(0);
    expect(mendSlips(denied, toldOf(denied, '200')).slips).toBe(0);
  });
});
