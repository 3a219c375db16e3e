import { growth, median, percentile, slope, unevenness } from './numbers';

describe('numbers of a run', () => {
  it('have a median and percentiles', () => {
    const values = [5, 1, 4, 2, 3];
    expect([median(values), percentile(values, 99), percentile(values, 20), percentile(values, 0)]).toEqual([
      3, 5, 1, 1,
    ]);
  });

  it('are not invented where nothing was measured', () => {
    for (const ofNone of [() => median([]), () => percentile([], 99)])
      expect(ofNone).toThrow('nothing was measured');
  });

  it('show how fast memory grows, also where it does not', () => {
    const rising = [0, 1, 2].map((x) => ({ x, y: 7 + 2 * x }));
    expect([slope(rising), slope([{ x: 3, y: 1 }])]).toEqual([2, 0]);
  });

  it('tell growth from what lies about at a moment', () => {
    const flat = [150, 200, 205, 200, 230, 199, 201, 200, 235];
    const rising = flat.map((_y, x) => 200 + 10 * x);
    const points = (values: readonly number[]) => values.map((y, x) => ({ x, y }));
    expect(growth(points(flat))).toBeCloseTo(1 / 3);
    expect(growth(points(rising))).toBe(10);
  });

  it('are uneven by what the greatest has over the smallest', () => {
    expect(unevenness([100, 110, 105])).toBeCloseTo(0.1);
  });
});
