import { measureItem } from './item-measures';
import { retract, tally, type ItemAnswer } from './item-table';
import { allItems, answersTo, pickedOfThird, restOf, rounded, tenTrainees } from './statistics.testkit';

const measured = allItems.map((item) => measureItem(tally(answersTo(item)), []));

describe('ten trainees in five items', () => {
  it('facility is the share of first answers that were right', () =>
    expect(measured.map(({ right, answers }) => right / answers)).toEqual([1, 0.8, 0.6, 0.4, 0.4]));

  it('discrimination leaves the item out of the score that it is held against', () =>
    expect(
      rounded(
        4,
        measured.map(({ discrimination }) => discrimination),
      ),
    ).toEqual([null, 0.4082, -0.1846, -0.068, -0.6667]));

  it('efficiency is held against the best that these scores allow', () =>
    expect(
      rounded(
        4,
        measured.map(({ efficiency }) => efficiency),
      ),
    ).toEqual([null, 1, -0.25, -0.1111, -0.8421]));
});

it('each option has its count, its correlation with the rest score and the mean of that', () => {
  const { options } = measureItem(tally(pickedOfThird), ['a', 'b', 'c', 'd']);
  expect(options.map(({ option, count, meanRest }) => [option, count, meanRest])).toEqual([
    ['a', 2, 3],
    ['b', 6, 2.5],
    ['c', 1, 3],
    ['d', 1, 2],
  ]);
  expect(
    rounded(
      4,
      options.map(({ correlation }) => correlation),
    ),
  ).toEqual([0.3015, -0.1846, 0.201, -0.3015]);
});

describe('who stops midway', () => {
  const reachedItems = (trainee: number): number => ({ 8: 3, 9: 2 })[trainee] ?? 5;
  const answersOfReached = (item: number): readonly ItemAnswer[] =>
    tenTrainees.flatMap((marks, trainee) => {
      if (item >= reachedItems(trainee)) return [];
      const complete = reachedItems(trainee) === allItems.length;
      return [{ option: null, right: marks[item] === true, rest: complete ? restOf(marks, item) : null }];
    });
  const reached = allItems.map((item) => measureItem(tally(answersOfReached(item)), []));

  it('counts in the facility of what they answered', () => {
    expect(reached.map(({ answers }) => answers)).toEqual([10, 10, 9, 8, 8]);
    expect(
      rounded(
        4,
        reached.map(({ right, answers }) => right / answers),
      ),
    ).toEqual([1, 0.8, 0.6667, 0.5, 0.25]);
  });

  it('is left out of discrimination, and not taken for wrong', () => {
    expect(reached.map(({ complete }) => complete)).toEqual([8, 8, 8, 8, 8]);
    expect(
      rounded(
        4,
        reached.map(({ discrimination }) => discrimination),
      ),
    ).toEqual([null, 0.378, -0.3111, -0.2085, -0.4623]);
  });
});

describe('what does not vary has no correlation', () => {
  const right: ItemAnswer = { option: 'a', right: true, rest: 2 };
  it.each([
    ['no answer', []],
    ['one answer', [right]],
    ['all right', [right, { ...right, rest: 4 }, { ...right, rest: 3 }]],
    ['all with one rest score', [right, { ...right, right: false, option: 'b' }]],
    [
      'no rest score known',
      [
        { ...right, rest: null },
        { option: 'b', right: false, rest: null },
      ],
    ],
  ])('%s', (_, answers) => {
    const measures = measureItem(tally(answers), ['a', 'b']);
    expect(measures).toMatchObject({ answers: answers.length, discrimination: null, efficiency: null });
    expect(measures.options.map(({ correlation }) => correlation)).toEqual([null, null]);
  });

  it('also in a sample in which sums are beyond what a double holds exactly', () => {
    const many = [
      { option: null, right: true, rest: 97, count: 999_999 },
      { option: null, right: false, rest: 97, count: 3 },
    ];
    expect(measureItem(many, []).discrimination).toBeNull();
  });
});

it('options that nobody picked are measured, and what named none comes last', () => {
  const table = tally([
    { option: null, right: false, rest: 1 },
    { option: 'z', right: false, rest: 1 },
    { option: 'b', right: true, rest: 1 },
  ]);
  const { options } = measureItem(table, ['a', 'b']);
  expect(options.map(({ option, count }) => [option, count])).toEqual([
    ['a', 0],
    ['b', 1],
    ['z', 1],
    [null, 1],
  ]);
});

it('a table from which more was taken than was counted has no figures', () =>
  expect(() => measureItem(retract([], tally(pickedOfThird)), [])).toThrow('a count of answers is -'));
