import { whole } from './whole';

/**
 * A first answer to a graded prompt. `option` is the one that was picked, `null` where the answer named none. `rest` is
 * the number of right first answers to the other graded prompts of the run, `null` while that run is not completed.
 */
export type ItemAnswer = {
  readonly option: string | null;
  readonly right: boolean;
  readonly rest: number | null;
};

export type ItemCell = ItemAnswer & { readonly count: number };

/**
 * The answers to one prompt of one revision, in one language: how many of each kind. It is in order, and kinds that came
 * to nothing are left out, so tables of the same answers are the same.
 */
export type ItemTable = readonly ItemCell[];

const nameOf = ({ option, right, rest }: ItemAnswer): string =>
  `${rest ?? ''}${right ? '+' : '-'}${option === null ? '' : `=${option}`}`;

const compared = <Value extends string | number>(one: Value | null, other: Value | null): number => {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? -1 : 1;
  return one < other ? -1 : 1;
};

const inOrder = (one: ItemCell, other: ItemCell): number =>
  compared(one.option, other.option) ||
  Number(other.right) - Number(one.right) ||
  compared(one.rest, other.rest);

type Adder = {
  readonly add: (answer: ItemAnswer, count: number) => void;
  readonly table: () => ItemTable;
};

const adder = (): Adder => {
  const sums = new Map<string, { readonly answer: ItemAnswer; count: number }>();
  return {
    add: (answer, count) => {
      if (answer.rest !== null) whole('a rest score', answer.rest);
      const name = nameOf(answer);
      const known = sums.get(name);
      if (known === undefined) sums.set(name, { answer, count });
      else known.count += count;
    },
    table: () =>
      [...sums.values()]
        .filter(({ count }) => count !== 0)
        .map(({ answer: { option, right, rest }, count }) => ({ option, right, rest, count }))
        .sort(inOrder),
  };
};

/** The table of these answers. */
export const tally = (answers: Iterable<ItemAnswer>): ItemTable => {
  const { add, table } = adder();
  for (const answer of answers) add(answer, 1);
  return table();
};

/** All that was counted in any of these tables, in whatever parts it came. */
export const merge = (tables: Iterable<ItemTable>): ItemTable => {
  const { add, table } = adder();
  for (const part of tables) for (const cell of part) add(cell, cell.count);
  return table();
};

/**
 * A table without the answers of a part. The part may come first: what is taken away before it was counted is kept as a
 * count below zero until it is.
 */
export const retract = (table: ItemTable, part: ItemTable): ItemTable =>
  merge([table, part.map((cell) => ({ ...cell, count: -cell.count }))]);
