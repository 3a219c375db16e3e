import fc from 'fast-check';
import { countedMedian, countedPercentile, median, percentile } from './quantiles';

const answerSeconds = [600, 20, 12, 40, 35, 95];

it('the median lies between the two in the middle', () => expect(median(answerSeconds)).toBe(37.5));
it('of an odd number it is the one in the middle', () => expect(median([9, 1, 10])).toBe(9));

it.each([
  [90, 600],
  [50, 35],
  [0, 12],
  [100, 600],
])('percentile %d is the value at the nearest rank, one that was measured', (percent, value) =>
  expect(percentile(answerSeconds, percent)).toBe(value),
);

it('of a hundred values in order, each percentile is the one at its rank', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(hundred.filter((percent) => percentile(hundred, percent) !== percent)).toEqual([]);
});

it('without values there is neither', () => {
  expect(median([])).toBeNull();
  expect(percentile([], 90)).toBeNull();
});

it('what is no number, and no percentile, is a mistake of ours', () => {
  expect(() => median([1, NaN])).toThrow('NaN cannot be put in order');
  expect(() => percentile([1, Infinity], 50)).toThrow(RangeError);
  expect(() => percentile([1], 101)).toThrow('there is no percentile 101');
  expect(() => percentile([1], NaN)).toThrow(RangeError);
});

describe('of values that are counted', () => {
  const seconds = fc.array(fc.integer({ min: 0, max: 20 }));

  it('the median and each percentile are those of the values one by one, in whatever parts they come', () =>
    fc.assert(
      fc.property(seconds, fc.integer({ min: 0, max: 100 }), (values, percent) => {
        const counted = values.map((value) => [value, 1] as const);
        const grouped = [...new Set(values)].map(
          (value) => [value, values.filter((other) => other === value).length] as const,
        );
        expect(countedMedian(grouped)).toBe(median(values));
        expect(countedMedian(counted)).toBe(median(values));
        expect(countedPercentile(grouped, percent)).toBe(percentile(values, percent));
      }),
    ));

  it('what is no number, and no percentile, is a mistake of ours', () => {
    expect(() => countedMedian([[NaN, 1]])).toThrow('NaN cannot be put in order');
    expect(() => countedPercentile([[1, 1]], 101)).toThrow('there is no percentile 101');
  });
});
