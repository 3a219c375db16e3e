import { correlationInterval, shareInterval } from './interval';

describe('a share lies, by Wilson', () => {
  it.each([
    [18, 20, 0.699, 0.9721],
    [6, 10, 0.3127, 0.8318],
    [0, 12, 0, 0.2425],
    [20, 20, 0.8389, 1],
  ])('of %d in %d', (count, of, low, high) => {
    const interval = shareInterval(count, of)!;
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('from exactly 0 where there is none, to exactly 1 where there are all', () => {
    expect(shareInterval(0, 12)?.low).toBe(0);
    expect(shareInterval(7, 7)?.high).toBe(1);
  });

  it('nowhere where there is nothing', () => expect(shareInterval(0, 0)).toBeNull());
});

describe('a correlation of 0.30 lies, by Fisher', () => {
  it.each([
    [20, -0.164],
    [30, -0.068],
    [100, 0.11],
  ])('in a sample of %d, from', (sample, low) =>
    expect(correlationInterval(0.3, sample)?.low).toBeCloseTo(low, 3),
  );

  it('in a sample of 100, up to 0.469', () =>
    expect(correlationInterval(0.3, 100)?.high).toBeCloseTo(0.469, 3));

  it('around 0 in a sample of 43, and above it in one of 44', () => {
    expect(correlationInterval(0.3, 43)!.low).toBeLessThan(0);
    expect(correlationInterval(0.3, 44)!.low).toBeGreaterThan(0);
  });
});

it.each([
  ['three pairs', 0.3, 3],
  ['a perfect correlation', 1, 50],
  ['a perfect one the other way', -1, 50],
  ['one that is perfect but for rounding', 0.9999999999999999, 50],
])('%s has no interval', (_, r, sample) => expect(correlationInterval(r, sample)).toBeNull());
