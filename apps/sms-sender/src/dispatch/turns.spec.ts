import type { Priority } from '../outbox/outbox';
import { Turns } from './turns';

/** How many replies and scheduled texts go in rounds with room for so many, where so many wait. */
const played = (
  rooms: readonly number[],
  waiting: Readonly<Record<Priority, number>>,
  turns = new Turns(),
) => {
  const left = { ...waiting };
  const from = (kind: Priority, limit: number): readonly Priority[] => {
    const taken = Math.min(left[kind], Math.max(0, limit));
    left[kind] -= taken;
    return Array.from({ length: taken }, () => kind);
  };
  return rooms.map((room) => {
    const taken = turns.take(room, from);
    const replies = taken.filter((kind) => kind === 'first').length;
    return [replies, taken.length - replies];
  });
};
const many = { first: 1_000, later: 1_000 };
const ones = (count: number) => Array.from({ length: count }, () => 1);

describe('turns', () => {
  it('are four for replies and one for what is scheduled while both wait, however small the rounds', () => {
    expect(played([50], many)).toEqual([[40, 10]]);
    expect(played(ones(10), many).map(([replies]) => replies)).toEqual([1, 1, 1, 1, 0, 1, 1, 1, 1, 0]);
    expect(played([3, 3, 4], many)).toEqual([
      [3, 0],
      [2, 1],
      [3, 1],
    ]);
  });

  it('are all of those who wait where others do not', () => {
    expect(played([50], { first: 0, later: 90 })).toEqual([[0, 50]]);
    expect(played([50, 50], { first: 60, later: 0 })).toEqual([
      [50, 0],
      [10, 0],
    ]);
    expect(played([0, -1], many)).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('that nobody took are not saved up', () => {
    const turns = new Turns();
    played(ones(1_000), { first: 1_000, later: 0 }, turns);
    expect(played(ones(6), many, turns).map(([, scheduled]) => scheduled)).toEqual([1, 0, 0, 0, 0, 1]);
    played(ones(1_000), { first: 0, later: 1_000 }, turns);
    expect(played(ones(5), many, turns).map(([, scheduled]) => scheduled)).toEqual([0, 0, 0, 0, 1]);
  });
});
