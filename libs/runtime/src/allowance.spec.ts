import { allowancesOf } from './allowance';

const started = (perSecond = 2, burstSeconds = 5) => {
  const clock = { now: 1_000 };
  const allowances = allowancesOf({ perSecond, burstSeconds }, () => clock.now);
  const takes = (times: number, name = 'ann') => Array.from({ length: times }, () => allowances.take(name));
  return { clock, takes };
};

describe('what a caller may ask', () => {
  it('is as much at once as some seconds give, and then says how long to wait', () => {
    const { takes } = started();
    expect(takes(11)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 500]);
  });

  it('comes back with time, and never beyond what it was at first', () => {
    const { clock, takes } = started();
    takes(10);
    clock.now += 500;
    expect(takes(2)).toEqual([0, 500]);
    clock.now += 3_600_000;
    expect(takes(11).filter((ms) => ms > 0)).toEqual([500]);
  });

  it('is nothing that others have less of', () => {
    const { takes } = started();
    takes(20, 'ann');
    expect(takes(1, 'ben')).toEqual([0]);
  });

  it('is one request at least, however slowly it comes back', () => {
    const { takes } = started(0.1, 1);
    expect(takes(2)).toEqual([0, 10_000]);
  });

  it('does not grow when the clock is set back', () => {
    const { clock, takes } = started();
    takes(10);
    clock.now -= 60_000;
    expect(takes(1)).toEqual([500]);
  });

  it('is kept of ten thousand callers: whoever asked longest ago begins anew', () => {
    const { takes } = started(1, 1);
    takes(1, 'ann');
    for (let n = 1; n < 10_000; n += 1) takes(1, `caller-${n}`);
    expect(takes(1, 'ann')).toEqual([1_000]);
    takes(1, 'one more');
    expect([takes(1, 'caller-1'), takes(1, 'ann')]).toEqual([[0], [1_000]]);
  });
});
