import { compileChoices, plainWords, type Compiled } from './compile';
import { nearText } from './near-text';
import { wordsOf } from './words';

const compiledOf = (texts: readonly string[], otherWords?: readonly string[]): Compiled =>
  compileChoices(
    texts.map((text) => ({ choice: { text, value: text }, texts: [text] })),
    'en',
    otherWords,
  );
const near = (compiled: Compiled, typed: string): number | undefined =>
  nearText(compiled, plainWords(wordsOf(typed), 'en'));

describe('a text that is another but for one slip', () => {
  const loops = compiledOf(['by the left ear loops', 'by the front part'], ['hoops']);

  it.each([
    ['a letter lost in a small word', 'b the left ear loops'],
    ['a letter doubled in a small word', 'by tthe left ear loops'],
    ['a small word swapped', 'by hte left ear loops'],
    ['a letter lost in a long word', 'by the left ear loop'],
    ['a letter replaced, though that is a word', 'by the left ear hoops'],
  ])('is that other: %s', (_slip, typed) => expect(near(loops, typed)).toBe(0));

  it.each([
    ['two words slipped', 'by hte left ear lops'],
    ['a word more', 'by the very left ear loops'],
    ['a word of the other option', 'by the front ear loops'],
    ['the text itself', 'by the left ear loops'],
  ])('is none with %s', (_what, typed) => expect(near(loops, typed)).toBeUndefined());

  it('never costs a digit', () =>
    expect(
      near(compiledOf(['wash for 20 long seconds', 'do not wash']), 'wash for 2 long seconds'),
    ).toBeUndefined());

  it('never costs a denial', () =>
    expect(
      near(compiledOf(['hands are not washed', 'feet are clean']), 'hands are now washed'),
    ).toBeUndefined());

  it('is none where two options are equally near', () =>
    expect(near(compiledOf(['warm water cans', 'warm water cars']), 'warm water cabs')).toBeUndefined());
});
