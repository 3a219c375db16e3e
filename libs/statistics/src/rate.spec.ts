import { countsAlone, rate } from './rate';

it('a rate keeps its denominator', () =>
  expect(rate(3, 7)).toMatchObject({ count: 3, of: 7, share: 3 / 7, interval: { low: expect.any(Number) } }));

it('of nothing there is no share', () =>
  expect(rate(0, 0)).toEqual({ count: 0, of: 0, share: null, interval: null }));

it.each([
  [5, 4],
  [-1, 4],
  [0, -1],
  [0.5, 4],
  [NaN, 4],
  [1, Infinity],
])('%d of %d is a mistake of ours', (count, of) => {
  expect(() => rate(count, of)).toThrow(RangeError);
  expect(() => countsAlone(count, of)).toThrow(RangeError);
});
