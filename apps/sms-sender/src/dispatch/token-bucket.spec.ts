import { tokenBucket } from './token-bucket';

describe('the token bucket', () => {
  it('lets a second’s worth go at once and then no more than the rate', () => {
    const bucket = tokenBucket(10);
    expect(bucket.available(0, 1)).toBe(10);
    bucket.take(10);
    expect([0, 99, 100, 250, 5_000].map((at) => bucket.available(at, 1))).toEqual([0, 0, 1, 2, 10]);
  });

  it('gives a replica its share of the rate', () => {
    const bucket = tokenBucket(10);
    bucket.take(bucket.available(0, 0.5));
    expect(bucket.available(1_000, 0.5)).toBe(5);
  });

  it('lets a rate below one a second through in time', () => {
    const bucket = tokenBucket(0.5);
    bucket.take(bucket.available(0, 1));
    expect([1_000, 2_000].map((at) => bucket.available(at, 1))).toEqual([0, 1]);
  });

  it('gives nothing out while the other side asks for patience', () => {
    const bucket = tokenBucket(10);
    bucket.pauseUntil(500);
    expect([499, 500].map((at) => bucket.available(at, 1))).toEqual([0, 10]);
  });

  it('holds the segments of a second too, and lets a debt of them be paid back first', () => {
    const bucket = tokenBucket(100, 20);
    expect(bucket.available(0, 1)).toBe(20);
    bucket.take(10, 35);
    expect([0, 700, 800, 1_000].map((at) => bucket.available(at, 1))).toEqual([0, 0, 1, 5]);
  });

  it('does not mind a clock that goes back', () => {
    const bucket = tokenBucket(10);
    bucket.available(10_000, 1);
    bucket.take(10);
    expect([5_000, 5_100].map((at) => bucket.available(at, 1))).toEqual([0, 1]);
  });

  it('says how long it is until the next may go, also after a pause and for a share of nothing', () => {
    const bucket = tokenBucket(10);
    expect(bucket.waitMs(0, 1)).toBe(0);
    bucket.take(10);
    expect([bucket.waitMs(0, 1), bucket.waitMs(40, 1), bucket.waitMs(40, 0.5)]).toEqual([100, 60, 120]);
    expect(bucket.waitMs(40, 0)).toBe(Infinity);
    bucket.pauseUntil(900);
    expect([bucket.waitMs(100, 1), bucket.waitMs(900, 1)]).toEqual([800, 0]);
  });

  it('takes back what was not used', () => {
    const bucket = tokenBucket(10, 20);
    bucket.take(10, 18);
    bucket.giveBack(4, 7);
    expect(bucket.available(0, 1)).toBe(4);
  });
});
