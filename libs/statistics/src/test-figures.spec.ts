import { testFigures } from './test-figures';
import { rounded, tenTrainees } from './statistics.testkit';

it('ten trainees in five items: a negative alpha is shown as it is', () => {
  const { trainees, mean, median, sd, alpha, standardError } = testFigures(tenTrainees);
  expect([trainees, mean, median]).toEqual([10, 3.2, 3]);
  expect(rounded(4, [sd, alpha, standardError])).toEqual([0.7888, -0.7143, 1.0328]);
});

const nothing = { median: null, sd: null, alpha: null, standardError: null };

it.each([
  ['nobody', [], { ...nothing, trainees: 0, mean: null }],
  ['one trainee', [[true, false]], { ...nothing, trainees: 1, mean: 1, median: 1 }],
  [
    'two',
    [
      [true, false],
      [true, true],
    ],
    { trainees: 2, mean: 1.5, median: 1.5, sd: Math.SQRT1_2, alpha: null, standardError: null },
  ],
  [
    'all alike',
    [
      [true, false],
      [true, false],
      [true, false],
    ],
    { ...nothing, trainees: 3, mean: 1, median: 1, sd: 0 },
  ],
  ['one item', [[true], [false], [true]], { alpha: null, standardError: null }],
  [
    'items that say the same',
    [
      [true, true],
      [false, false],
      [true, true],
    ],
    { alpha: 1, standardError: 0 },
  ],
])('%s', (_, marks, figures) => expect(testFigures(marks)).toMatchObject(figures));

it('marks of unequal tests are a mistake of ours', () =>
  expect(() => testFigures([[true, false], [true]])).toThrow(
    'marks of 1 items are no marks of a test with 2',
  ));
