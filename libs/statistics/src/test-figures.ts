import { median } from './quantiles';

/** Of the scores of a test, in marks: one for each item that was right. `null` where there are too few to say so. */
export type TestFigures = {
  readonly trainees: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly sd: number | null;
  /** Cronbach's alpha: how far the items measure one thing. At most 1; below 0 it is a finding too, and shown. */
  readonly alpha: number | null;
  /** Of a trainee's score, in marks. */
  readonly standardError: number | null;
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/* Of whole numbers, n · (n − 1) times their variance. */
const variation = (n: number, total: number, squares: number): number => n * squares - total * total;

type Counted = { readonly scores: readonly number[]; readonly rights: readonly number[] };

const counted = (marks: Iterable<readonly boolean[]>): Counted => {
  const scores: number[] = [];
  let rights: number[] | undefined;
  for (const row of marks) {
    rights ??= row.map(() => 0);
    if (row.length !== rights.length) {
      throw new RangeError(`marks of ${row.length} items are no marks of a test with ${rights.length}`);
    }
    for (const [item, right] of row.entries()) rights[item] = (rights[item] ?? 0) + Number(right);
    scores.push(row.filter(Boolean).length);
  }
  return { scores, rights: rights ?? [] };
};

const alphaOf = ({ scores, rights }: Counted, ofScores: number): number | null => {
  if (scores.length < 3 || rights.length < 2 || ofScores === 0) return null;
  const ofItems = sum(rights.map((right) => variation(scores.length, right, right)));
  return (rights.length / (rights.length - 1)) * (1 - ofItems / ofScores);
};

/** The figures of a test from the marks of each trainee who was graded in all of its items, which come in one order. */
export const testFigures = (marks: Iterable<readonly boolean[]>): TestFigures => {
  const test = counted(marks);
  const trainees = test.scores.length;
  const total = sum(test.scores);
  const ofScores = variation(trainees, total, sum(test.scores.map((score) => score * score)));
  const sd = trainees < 2 ? null : Math.sqrt(ofScores / (trainees * (trainees - 1)));
  const alpha = alphaOf(test, ofScores);
  return {
    trainees,
    mean: trainees === 0 ? null : total / trainees,
    median: median(test.scores),
    sd,
    alpha,
    standardError: sd === null || alpha === null ? null : sd * Math.sqrt(Math.max(0, 1 - alpha)),
  };
};
