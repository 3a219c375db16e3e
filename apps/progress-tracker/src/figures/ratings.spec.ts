import { completed, event } from '../tracker.testkit';
import { runOf } from './figures.testkit';
import { ratingsIn, ratingsOf } from './ratings';
import { addRunCounts, countsOf } from './run-facts';

type Said = readonly [asks: string, value: number, most?: number];

const saying = (...said: readonly Said[]) =>
  runOf({
    later: [
      ...said.map(([asks, value, most = 5]) =>
        event('PromptCompleted', { correct: undefined, rating: { asks, value, least: 1, most } }),
      ),
      completed('one'),
    ],
  });

const figuresOf = (runs: readonly ReturnType<typeof runOf>[]) => ratingsIn(addRunCounts(runs.map(countsOf)));
const times = <T>(many: number, value: () => T): readonly T[] => Array.from({ length: many }, value);

describe('what trainees say of themselves', () => {
  it('is compared over those who said it both before and after', () => {
    const surer = () => saying(['confidence-before', 1], ['confidence-after', 3]);
    const same = () => saying(['confidence-before', 5, 9], ['confidence-after', 5, 9]);
    const before = () => saying(['confidence-before', 5]);
    expect(figuresOf([...times(6, surer), ...times(6, same), ...times(9, before)]).confidence).toEqual({
      pairs: 12,
      before: 0.25,
      after: 0.5,
      lift: 0.25,
    });
  });

  it.each([
    [9, null],
    [10, 0.75],
  ])('is said of %i with a mean of %j', (many, mean) =>
    expect(figuresOf(times(many, () => saying(['satisfaction', 4]))).satisfaction).toEqual({
      of: many,
      mean,
    }),
  );

  it('counts once in a run, as it was said first, and scores nothing', () => {
    const run = saying(['satisfaction', 1], ['satisfaction', 5]);
    expect(ratingsOf(run)).toMatchObject({ satisfied: 1, satisfaction: 0, pairs: 0 });
    expect(countsOf(run)).toMatchObject({ scored: 0 });
  });
});
