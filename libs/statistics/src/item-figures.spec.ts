import type { Item, ItemFlag } from './item-flags';
import { itemFigures } from './item-figures';
import { tally, type ItemAnswer } from './item-table';
import { pickedOfThird, rounded, times } from './statistics.testkit';

const third = { options: ['a', 'b', 'c', 'd'], key: 'b' };
const inWords = { options: [], key: null };

const figuresOf = (answers: readonly ItemAnswer[], item: Item = third) => itemFigures(tally(answers), item);

describe('too few say little', () => {
  it('below 10 there are counts alone', () => {
    const figures = figuresOf(pickedOfThird.slice(0, 9));
    expect(figures).toMatchObject({
      grade: 'countsOnly',
      answers: 9,
      facility: { count: 6, of: 9, share: null, interval: null },
      discrimination: null,
      interval: null,
      efficiency: null,
      flags: [],
    });
    expect(figures.options[0]).toEqual({
      option: 'a',
      picked: { count: 2, of: 9, share: null, interval: null },
      correlation: null,
      meanRest: null,
    });
  });

  it('with 10 there are rates with their intervals', () => {
    const figures = figuresOf(pickedOfThird);
    expect(figures).toMatchObject({
      grade: 'ratesOnly',
      discrimination: null,
      interval: null,
      efficiency: null,
    });
    expect(figures.facility.share).toBe(0.6);
    expect(figures.facility.interval?.low).toBeCloseTo(0.3127, 4);
    expect(figures.options.map(({ picked }) => picked.share)).toEqual([0.2, 0.6, 0.1, 0.1]);
    expect(figures.options.map(({ correlation }) => correlation)).toEqual([null, null, null, null]);
  });

  it.each([
    [29, 'ratesOnly'],
    [30, 'provisional'],
    [99, 'provisional'],
    [100, 'full'],
  ])('with %d it is %s', (sample, grade) => {
    const figures = figuresOf(times(10, pickedOfThird).slice(0, sample));
    expect(figures.grade).toBe(grade);
    expect(figures.discrimination === null).toBe(sample < 30);
    expect(figures.interval === null).toBe(sample < 30);
    expect(figures.flags.length > 0).toBe(sample >= 100);
  });

  it('however many answered, discrimination needs rest scores that are known', () => {
    const unfinished = times(20, pickedOfThird).map((answer) => ({ ...answer, rest: null }));
    expect(figuresOf([...unfinished, ...pickedOfThird])).toMatchObject({
      grade: 'ratesOnly',
      answers: 210,
      complete: 10,
      discrimination: null,
    });
  });
});

it('the figures are those of the whole, with an interval that gets narrower', () => {
  const few = figuresOf(times(3, pickedOfThird));
  const many = figuresOf(times(100, pickedOfThird));
  expect(rounded(4, [few.discrimination, many.discrimination, many.efficiency])).toEqual([
    -0.1846, -0.1846, -0.25,
  ]);
  expect(few.interval!.high).toBeGreaterThan(0);
  expect(many.interval!.high).toBeLessThan(0);
});

describe('flags', () => {
  const answers = (often: number, option: string, rest: number): readonly ItemAnswer[] =>
    times(often, [{ option, right: option === 'b', rest }]);
  const good = [
    ...answers(40, 'b', 4),
    ...answers(20, 'b', 3),
    ...answers(20, 'a', 1),
    ...answers(10, 'c', 2),
    ...answers(10, 'd', 1),
  ];
  const without = (option: string, taken: number) => {
    const left = good.filter((answer) => answer.option === option).slice(taken);
    return [...good.filter((answer) => answer.option !== option), ...left];
  };

  it.each<[string, readonly ItemAnswer[], readonly ItemFlag[]]>([
    ['nothing is wrong with an item that tells who knows', good, []],
    [
      'wrong options are picked by better trainees than the key is',
      times(10, pickedOfThird),
      [
        { flag: 'checkTheKey', option: 'a' },
        { flag: 'checkTheKey', option: 'c' },
      ],
    ],
    [
      'a wrong option may be picked by good trainees, if the key is by better ones',
      [...answers(40, 'b', 4), ...answers(20, 'a', 3), ...answers(20, 'c', 1), ...answers(20, 'd', 1)],
      [],
    ],
    [
      'a wrong option that few pick is no rival of the key, however good these are',
      [...answers(20, 'b', 3), ...answers(36, 'b', 2), ...answers(40, 'a', 2), ...answers(4, 'd', 4)],
      [
        { flag: 'deadOption', option: 'c' },
        { flag: 'deadOption', option: 'd' },
      ],
    ],
    [
      'an option that few pick is dead',
      [...without('d', 6), ...answers(6, 'b', 4)],
      [{ flag: 'deadOption', option: 'd' }],
    ],
    ['one that 5 % pick is not', [...without('d', 5), ...answers(5, 'b', 4)], []],
    [
      'one that nobody picks is dead',
      [...without('d', 10), ...answers(10, 'b', 4)],
      [{ flag: 'deadOption', option: 'd' }],
    ],
  ])('%s', (_, given, flags) => expect(figuresOf(given).flags).toEqual(flags));

  const marks = (right: number, wrong: number): readonly ItemAnswer[] => [
    ...times(right, [{ option: null, right: true, rest: 3 }]),
    ...times(wrong, [{ option: null, right: false, rest: 1 }]),
  ];

  it.each<[string, readonly ItemAnswer[], readonly string[]]>([
    ['nearly all are right', marks(96, 4), ['tooEasy']],
    ['95 % are right', marks(95, 5), []],
    ['hardly anybody is', marks(4, 96), ['tooHard']],
    ['5 % are', marks(5, 95), []],
    ['all are', marks(100, 0), ['tooEasy']],
  ])('of an item that is answered in words: %s', (_, given, flags) =>
    expect(figuresOf(given, inWords).flags.map(({ flag }) => flag)).toEqual(flags),
  );

  it('those who know the rest are wrong: the key may be', () => {
    const turned = marks(50, 50).map((answer) => ({ ...answer, right: !answer.right }));
    expect(figuresOf(turned, inWords).flags).toEqual([{ flag: 'checkTheKey', option: null }]);
  });

  it('who only guesses is right a quarter of the time: that is too hard, and it tells nothing', () => {
    const guessed = times(
      5,
      ['a', 'b', 'c', 'd'].flatMap((option) =>
        [1, 2, 3, 4, 5].map((rest) => ({ option, right: option === 'b', rest })),
      ),
    );
    expect(figuresOf(guessed).flags).toEqual([{ flag: 'tooHard' }, { flag: 'weak' }]);
  });
});

it.each([0, 1, 12, 30, 100])('%d that are all right make figures that can be written', (sample) => {
  const figures = figuresOf(times(sample, [{ option: 'b', right: true, rest: 2 }]));
  expect(figures.discrimination).toBeNull();
  expect(JSON.parse(JSON.stringify(figures))).toEqual(figures);
});
