import { isSlipOf, slipIndex, slippedFrom } from './word-slips';

describe('a slip of the thumb', () => {
  it.each([
    ['loses a letter of a long word', 'unsuscribe', 'unsubscribe'],
    ['loses the last letter of a very long word', 'unsubscrib', 'unsubscribe'],
    ['loses a vowel of a word of five letters', 'dejn', 'dejen'],
    ['doubles a letter', 'texxting', 'texting'],
    ['doubles the first letter', 'sstop', 'stop'],
    ['doubles the last letter', 'stopp', 'stop'],
    ['swaps two letters', 'cancle', 'cancel'],
    ['puts another letter into a very long word', 'unsubscrive', 'unsubscribe'],
  ])('%s: %s', (_slip, written, meant) => expect(isSlipOf(written, meant)).toBe(true));

  it.each([
    ['another letter in a word that is not very long', 'massage', 'message'],
    ['a consonant less in a word of five letters', 'paen', 'paren'],
    ['a letter less in a short word', 'top', 'stop'],
    ['a letter less in a short word', 'sop', 'stop'],
    ['another letter', 'shop', 'stop'],
    ['another first letter', 'atop', 'stop'],
    ['a letter more that is not its neighbour', 'steop', 'stop'],
    ['the last letter less in a word that is not very long', 'molesta', 'molestar'],
    ['a word of the language', 'case', 'cease'],
    ['two slips', 'unsuscribbe', 'unsubscribe'],
    ['the word itself', 'stop', 'stop'],
  ])('is not %s: %s for %s', (_kind, written, meant) => expect(isSlipOf(written, meant)).toBe(false));

  it('is found among the words near it', () =>
    expect(slippedFrom(slipIndex(['stop', 'texting', 'remove', 'opt out']), 'remvoe')).toEqual(['remove']));
});
