import { LatestMap } from './latest-map';

describe('a map of the latest', () => {
  it('forgets what was set longest ago', () => {
    const latest = new LatestMap<string, number>(2);
    latest.set('one', 1).set('two', 2).set('three', 3);
    expect([...latest]).toEqual([
      ['two', 2],
      ['three', 3],
    ]);
  });

  it('keeps what was set again', () => {
    const latest = new LatestMap<string, number>(2);
    latest.set('one', 1).set('two', 2).set('one', 3).set('three', 4);
    expect([...latest.keys()]).toEqual(['one', 'three']);
  });

  it('is of any size below its bound, and says so', () => {
    const latest = new LatestMap<string, number>(0);
    expect(latest.set('one', 1).size).toBe(0);
  });
});
