import type { ItemCell, ItemTable } from './item-table';
import { correlation, shareOfGreatestCovariance, sumsOf, type Pair, type Sums } from './moments';
import { whole } from './whole';

/** What the answers that picked an option have in common; `option` is `null` for those that named none. */
export type OptionMeasures = {
  readonly option: string | null;
  readonly count: number;
  /** Of having picked it with the rest score. */
  readonly correlation: number | null;
  readonly meanRest: number | null;
};

/** What the formulas make of a table, however small it is. */
export type ItemMeasures = {
  readonly answers: number;
  readonly right: number;
  /** The answers whose rest score is known. Only they say something of discrimination. */
  readonly complete: number;
  readonly discrimination: number | null;
  readonly efficiency: number | null;
  readonly options: readonly OptionMeasures[];
};

type CompleteCell = ItemCell & { readonly rest: number };

const countOf = (cells: readonly ItemCell[]): number => cells.reduce((sum, { count }) => sum + count, 0);

const completeOf = (table: ItemTable): readonly CompleteCell[] =>
  table.filter((cell): cell is CompleteCell => cell.rest !== null);

const pairsBy = (table: ItemTable, counts: (cell: ItemCell) => boolean): readonly Pair[] =>
  completeOf(table).map((cell) => ({ x: Number(counts(cell)), y: cell.rest, count: cell.count }));

/** The sums of being right (x) and the rest score (y), over the answers whose rest score is known. */
export const sumsOfItem = (table: ItemTable): Sums => sumsOf(pairsBy(table, ({ right }) => right));

/** The rest scores of those who were right, if they were the best at the rest. */
const greatestXy = (table: ItemTable, right: number): number =>
  completeOf(table)
    .toSorted((one, other) => other.rest - one.rest)
    .reduce(
      ({ left, sum }, { rest, count }) => ({
        left: left - Math.min(left, count),
        sum: sum + Math.min(left, count) * rest,
      }),
      { left: right, sum: 0 },
    ).sum;

const measureOption = (table: ItemTable, option: string | null): OptionMeasures => {
  const picked = table.filter((cell) => cell.option === option);
  const sums = sumsOf(pairsBy(table, (cell) => cell.option === option));
  return {
    option,
    count: countOf(picked),
    correlation: correlation(sums),
    meanRest: sums.x === 0 ? null : sums.xy / sums.x,
  };
};

const named = (table: ItemTable, options: readonly string[]): readonly (string | null)[] => [
  ...new Set([...options, ...table.map(({ option }) => option).toSorted(nullLast)]),
];

const nullLast = (one: string | null, other: string | null): number =>
  Number(one === null) - Number(other === null);

/** Each of `options` is measured, also those that nobody picked. Throws while more is taken away than was counted. */
export const measureItem = (table: ItemTable, options: readonly string[]): ItemMeasures => {
  for (const { count } of table) whole('a count of answers', count);
  const sums = sumsOfItem(table);
  return {
    answers: countOf(table),
    right: countOf(table.filter(({ right }) => right)),
    complete: sums.n,
    discrimination: correlation(sums),
    efficiency: shareOfGreatestCovariance(sums, greatestXy(table, sums.x)),
    options: named(table, options).map((option) => measureOption(table, option)),
  };
};
