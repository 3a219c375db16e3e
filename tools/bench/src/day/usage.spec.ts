import { costsBetween } from './usage';

it('a process costs what it used between two looks, and had its peak whenever it was', () => {
  const before = new Map([['engine', { cpu: 3, peakMb: 100 }]]);
  const after = new Map([['engine', { cpu: 7.5, peakMb: 120 }]]);
  expect(costsBetween(before, after)).toEqual([{ name: 'engine', cpuSeconds: 4.5, peakMb: 120 }]);
});
