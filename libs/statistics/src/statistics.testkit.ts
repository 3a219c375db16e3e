import type { ItemAnswer } from './item-table';

/** The marks of ten trainees in five items: a column each, top to bottom. */
const columns = ['1111111111', '1111111010', '1111010100', '1110100000', '0001001011'];

/** Trainee by trainee, whether each item was right. */
export const tenTrainees: readonly (readonly boolean[])[] = [...'0123456789'].map((_, trainee) =>
  columns.map((column) => column[trainee] === '1'),
);

export const allItems: readonly number[] = columns.map((_, item) => item);

export const restOf = (marks: readonly boolean[], item: number): number =>
  marks.filter((right, other) => right && other !== item).length;

/** The answers to an item that is answered in words, of trainees who answered all. */
export const answersTo = (
  item: number,
  trainees: readonly (readonly boolean[])[] = tenTrainees,
): readonly ItemAnswer[] =>
  trainees.map((marks) => ({ option: null, right: marks[item] === true, rest: restOf(marks, item) }));

/** What the ten picked of the third item, whose key is b. */
export const pickedOfThird: readonly ItemAnswer[] = answersTo(2).map((answer, trainee) => ({
  ...answer,
  option: 'bbbbabcbad'[trainee] ?? null,
}));

/** Each of these as often. */
export const times = <Value>(often: number, values: readonly Value[]): readonly Value[] =>
  Array.from({ length: often }, () => values).flat();

/** Numbers to so many places, and `null`, as they are written in tables of right values. */
export const rounded = (places: number, values: readonly (number | null)[]): readonly (number | null)[] =>
  values.map((value) => (value === null ? null : Number(value.toFixed(places))));
