import { crowdNumbersAtMost } from '../carrier/crowd-numbers';
import { placesIn, placesText } from './places';

it.each([
  [[0], '0'],
  [[0, 1, 2], '0-2'],
  [[3, 5, 6, 7, 9], '3,5-7,9'],
  [[crowdNumbersAtMost - 1], String(crowdNumbersAtMost - 1)],
])('places %j are written as %s', (places, text) => {
  expect(placesText(places)).toBe(text);
  expect(placesIn(text)).toEqual(places);
});

it.each(['', '1,', 'a', '5-3', '1-2-3', '-1', String(crowdNumbersAtMost), '0-600000'])(
  'no places are read in %j',
  (text) => expect(placesIn(text)).toBeUndefined(),
);

it('100,000 places of a crowd fit a short text', () => {
  const places = Array.from({ length: 100_000 }, (_, index) => index + 100 * Math.floor(index / 500));
  expect(placesText(places).length).toBeLessThan(5_000);
  expect(placesIn(placesText(places))).toEqual(places);
});
