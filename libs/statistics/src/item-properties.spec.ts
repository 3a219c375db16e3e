import fc from 'fast-check';
import { itemFigures, type ItemFigures } from './item-figures';
import { merge, retract, tally, type ItemAnswer, type ItemTable } from './item-table';

/*
 * A second implementation, slow and from the textbook: lists of raw answers, means, deviations from them.
 */
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const covariance = (xs: readonly number[], ys: readonly number[]): number =>
  mean(xs.map((x, index) => (x - mean(xs)) * (ys[index]! - mean(ys))));

const varies = (values: readonly number[]): boolean => new Set(values).size > 1;

const pearson = (xs: readonly number[], ys: readonly number[]): number | null =>
  varies(xs) && varies(ys) ? covariance(xs, ys) / Math.sqrt(covariance(xs, xs) * covariance(ys, ys)) : null;

const rising = (values: readonly number[]): readonly number[] =>
  [...values].sort((one, other) => one - other);

type Recount = {
  readonly answers: number;
  readonly right: number;
  readonly complete: number;
  readonly discrimination: number | null;
  readonly efficiency: number | null;
  readonly options: readonly (readonly [string | null, number, number | null, number | null])[];
};

const recount = (answers: readonly ItemAnswer[], options: readonly (string | null)[]): Recount => {
  const complete = answers.filter(({ rest }) => rest !== null);
  const rests = complete.map(({ rest }) => rest!);
  const marks = complete.map(({ right }) => Number(right));
  const could = varies(marks) && varies(rests);
  return {
    answers: answers.length,
    right: answers.filter(({ right }) => right).length,
    complete: complete.length,
    discrimination: pearson(marks, rests),
    efficiency: could ? covariance(marks, rests) / covariance(rising(marks), rising(rests)) : null,
    options: options.map((option) => {
      const picked = complete.filter((answer) => answer.option === option).map(({ rest }) => rest!);
      return [
        option,
        answers.filter((answer) => answer.option === option).length,
        pearson(
          complete.map((answer) => Number(answer.option === option)),
          rests,
        ),
        picked.length === 0 ? null : mean(picked),
      ];
    }),
  };
};

const close = (value: number | null, expected: number | null): void => {
  if (expected === null) expect(value).toBeNull();
  else expect(value).toBeCloseTo(expected, 9);
};

const correlationsAgree = (figures: ItemFigures, slow: Recount): void => {
  close(figures.discrimination, slow.discrimination);
  close(figures.efficiency, slow.efficiency);
  figures.options.forEach(({ correlation, meanRest }, index) => {
    close(correlation, slow.options[index]![2]);
    close(meanRest, slow.options[index]![3]);
  });
};

const agree = (figures: ItemFigures, answers: readonly ItemAnswer[]): void => {
  const slow = recount(
    answers,
    figures.options.map(({ option }) => option),
  );
  expect([figures.answers, figures.complete]).toEqual([slow.answers, slow.complete]);
  expect(figures.facility).toMatchObject({ count: slow.right, of: slow.answers });
  expect(figures.options.map(({ picked }) => picked.count)).toEqual(slow.options.map(([, count]) => count));
  if (slow.complete >= 30) correlationsAgree(figures, slow);
};

const numbersIn = (value: unknown): readonly number[] => {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
};

const anyAnswer: fc.Arbitrary<ItemAnswer> = fc.record({
  option: fc.constantFrom('a', 'b', 'c', null),
  right: fc.boolean(),
  rest: fc.option(fc.nat({ max: 9 }), { freq: 8 }),
});

/** An answer of a history, whether it was taken back, and where in the order its coming and going took place. */
const anyHistory = fc.array(
  fc.record({ answer: anyAnswer, takenBack: fc.boolean(), came: fc.nat(), went: fc.nat() }),
  { maxLength: 200, size: 'max' },
);

type History = readonly {
  readonly answer: ItemAnswer;
  readonly takenBack: boolean;
  readonly came: number;
  readonly went: number;
}[];

type Step = { readonly at: number; readonly apply: (table: ItemTable) => ItemTable };

const stepsOf = (history: History): readonly Step[] =>
  history
    .flatMap(({ answer, takenBack, came, went }): readonly Step[] => {
      const one = tally([answer]);
      const coming: Step = { at: came, apply: (table) => merge([table, one]) };
      return takenBack ? [coming, { at: went, apply: (table) => retract(table, one) }] : [coming];
    })
    .toSorted((one, other) => one.at - other.at);

it('whatever is merged and taken back in whatever order, the figures are those of a slow recount', () =>
  fc.assert(
    fc.property(anyHistory, fc.nat(), (history, cut) => {
      const steps = stepsOf(history);
      const lived = (some: readonly Step[]): ItemTable =>
        some.reduce<ItemTable>((table, { apply }) => apply(table), []);
      const at = cut % (steps.length + 1);
      const table = merge([lived(steps.slice(at)), lived(steps.slice(0, at))]);

      const remaining = history.filter(({ takenBack }) => !takenBack).map(({ answer }) => answer);
      expect(table).toEqual(tally(remaining));
      const figures = itemFigures(table, { options: ['a', 'b', 'c'], key: 'a' });
      agree(figures, remaining);
      expect(numbersIn(figures).filter((value) => !Number.isFinite(value))).toEqual([]);
    }),
    { numRuns: 60 },
  ));
