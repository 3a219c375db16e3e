import { effectiveWeights } from './effective-weights';
import { tally } from './item-table';
import { allItems, answersTo, rounded, tenTrainees } from './statistics.testkit';

it('an item weighs what it adds to the spread of scores, and nothing if it works against them', () =>
  expect(rounded(4, effectiveWeights(allItems.map((item) => tally(answersTo(item)))))).toEqual([
    0,
    0.3542,
    0.3067,
    0.3391,
    null,
  ]));

it('where nothing varies, nothing weighs', () => {
  const alike = tenTrainees.map(() => [true, true]);
  expect(effectiveWeights([0, 1].map((item) => tally(answersTo(item, alike))))).toEqual([null, null]);
  expect(effectiveWeights([[], []])).toEqual([null, null]);
});
