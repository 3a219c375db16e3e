import { withoutAccents } from './accents';
import { readAmounts } from './read-amounts';
import { wordsOf } from './words';

const read = (text: string, language = 'en'): string => {
  const { words, gaps } = wordsOf(text);
  return readAmounts({ words: words.map(withoutAccents), gaps }, language).join(' ');
};

describe('an amount has one form', () => {
  it.each([
    ['twenty-five', '25'],
    ['one hundred and twenty seconds', '120 second'],
    ['two thousand five hundred', '2500'],
    ['10k', '10000'],
    ['two and a half hours', '2.5 hour'],
    ['2 1/2 cups', '2.5 cups'],
    ['½ hour', '0.5 hour'],
    ['2-3 pumps', '2-3 pumps'],
    ['-5 degrees', '-5 degree'],
    ['minus five degrees', '-5 degree'],
    ['less than 20 secs', '<20 second'],
    ['20 seconds or more', '>20 second'],
    ['≥ 20', '>20'],
    ['165°F', '165 degree fahrenheit'],
    ['a dozen', 'a dozen'],
    ['two dozen', '24'],
    ['one of them', 'one of them'],
    ['one second', '1 second'],
    ['two thousand and five', '2000 and 5'],
    ['no numbers', 'no numbers'],
  ])('in English: %s is %s', (text, form) => expect(read(text)).toBe(form));

  it.each([
    ['veinticinco segundos', '25 second'],
    ['ciento veinte', '120'],
    ['más de veinte minutos', '>20 minute'],
    ['dos horas y media', '2 hour y media'],
    ['por lo menos 20', '>20'],
  ])('in Spanish: %s is %s', (text, form) => expect(read(text, 'es')).toBe(form));

  it.each([
    ['quatre-vingt-dix', '90'],
    ['soixante-quinze secondes', '75 second'],
    ['moins de 20 secondes', '<20 second'],
    ['au moins deux', '>2'],
  ])('in French: %s is %s', (text, form) => expect(read(text, 'fr')).toBe(form));
});
