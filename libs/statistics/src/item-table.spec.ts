import { merge, retract, tally } from './item-table';
import { answersTo, pickedOfThird, tenTrainees } from './statistics.testkit';

const third = tally(answersTo(2));

it('a table counts the answers of a kind together', () =>
  expect(third.map(({ right, rest, count }) => [right, rest, count])).toEqual([
    [true, 1, 1],
    [true, 2, 1],
    [true, 3, 4],
    [false, 2, 1],
    [false, 3, 3],
  ]));

describe('a table in parts is the table of the whole', () => {
  const some = tally(answersTo(2, tenTrainees.slice(0, 5)));
  const others = tally(answersTo(2, tenTrainees.slice(5)));
  const last = tally(answersTo(2, tenTrainees.slice(9)));

  it('in any order', () => {
    expect(merge([some, others])).toEqual(third);
    expect(merge([others, [], some])).toEqual(third);
  });

  it('without an answer and with it again', () => {
    const without = retract(third, last);
    expect(without).toEqual(tally(answersTo(2, tenTrainees.slice(0, 9))));
    expect(merge([without, last])).toEqual(third);
  });

  it('also when an answer is taken away before it was counted', () =>
    expect(merge([retract([], last), third, last])).toEqual(third));

  it('and nothing is left of what was taken away entirely', () => expect(retract(third, third)).toEqual([]));
});

it('an answer without an option is of another kind than any option, whatever options are called', () => {
  const named = ['', 'null', '|', 'a'].map((option) => ({ option, right: false, rest: 1 }));
  expect(tally([...named, { option: null, right: false, rest: 1 }])).toHaveLength(5);
});

it('survives being written and read', () =>
  expect(JSON.parse(JSON.stringify(tally(pickedOfThird)))).toEqual(tally(pickedOfThird)));

it.each([-1, 0.5, NaN, Infinity])('a rest score of %d is a mistake of ours', (rest) =>
  expect(() => tally([{ option: null, right: true, rest }])).toThrow(RangeError),
);
