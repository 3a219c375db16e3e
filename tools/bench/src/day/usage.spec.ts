import { costsBetween, usedWithin, type Look } from './usage';

const engineAt = (cpu: number, peakMb = 100) => new Map([['engine', { cpu, peakMb }]]);

it('a process costs what it used between two looks, and had its peak whenever it was', () => {
  expect(costsBetween(engineAt(3), engineAt(7.5, 120))).toEqual([
    { name: 'engine', cpuSeconds: 4.5, peakMb: 120 },
  ]);
});

describe('what was used within a span', () => {
  const looks: readonly Look[] = [1, 2, 3, 4].map((at) => ({ at, usage: engineAt(at * 10) }));

  it('is from the first look in it to the last', () => {
    const used = usedWithin(looks, { from: 1.5, to: 3.9 });
    expect(used).toEqual({ span: { from: 2, to: 3 }, usage: { before: engineAt(20), after: engineAt(30) } });
  });

  it('is not known of fewer than two looks', () => {
    expect(usedWithin(looks, { from: 1.5, to: 2.5 })).toBeNull();
    expect(usedWithin(looks, { from: 5, to: 9 })).toBeNull();
  });
});
