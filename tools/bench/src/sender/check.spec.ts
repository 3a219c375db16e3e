import { faultsIn, idealSeconds, secondsOf } from './check';

const expected = { phones: ['+1', '+2'], texts: 2, pauseMs: 100 };
const text = (to: string, place: number, at: number) => ({ to, body: `${place}: words`, at });
const right = [text('+1', 0, 0), text('+2', 0, 10), text('+1', 1, 100), text('+2', 1, 200)];

describe('what the carrier accepted', () => {
  it('is right when each phone has each text once, in order, with its pauses', () => {
    expect(faultsIn(right, expected)).toEqual([]);
    expect(secondsOf(right)).toBe(0.2);
  });

  it.each([
    ['a text twice', [...right, text('+1', 1, 500)]],
    ['a text missing', right.slice(0, 3)],
    ['texts out of order', [text('+1', 1, 0), text('+2', 0, 10), text('+1', 0, 100), text('+2', 1, 200)]],
    ['a text too soon', [text('+1', 0, 0), text('+2', 0, 10), text('+1', 1, 99), text('+2', 1, 200)]],
  ])('is wrong with %s', (_what, accepted) => {
    expect(faultsIn(accepted, expected)).toHaveLength(1);
  });
});

describe('the least time', () => {
  it('is that of the pauses where the rate is high, and of the rate where it is low', () => {
    const work = { phones: 10_000, texts: 3, pauseMs: 3_000 };
    expect(idealSeconds(work, 10_000)).toBe(7);
    expect(idealSeconds(work, 500)).toBe(60);
  });
});
