/** What a cell may be. Absent and `null` are the same: nothing. */
type Cell = string | number | boolean | Date | null | undefined;

/**
 * What a column holds. `words` may come from anybody, so a spreadsheet must not take them for a formula; a `phone` is one
 * in E.164; times are moments.
 */
type Kinds = {
  readonly words: string;
  readonly phone: string;
  readonly integer: number;
  readonly number: number;
  readonly time: Date;
  readonly flag: boolean;
};
type Kind = keyof Kinds;

/** One column of a list, whatever file the list is written to. */
export type Column<Row> = {
  readonly name: string;
  readonly kind: Kind;
  readonly value: (row: Row) => Cell;
};

const columnOf =
  <K extends Kind>(kind: K) =>
  <Row>(name: string, value: (row: Row) => Kinds[K] | null | undefined): Column<Row> => ({
    name,
    kind,
    value,
  });

export const words = columnOf('words');
export const phone = columnOf('phone');
export const integer = columnOf('integer');
export const number = columnOf('number');
export const time = columnOf('time');
export const flag = columnOf('flag');

type Share = {
  readonly count: number;
  readonly of: number;
  readonly share: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
};

/** A rate with its denominator and interval, under names that begin with its own. */
export const share = <Row>(name: string, value: (row: Row) => Share): readonly Column<Row>[] => [
  integer(`${name}_count`, (row) => value(row).count),
  integer(`${name}_of`, (row) => value(row).of),
  number(`${name}_share`, (row) => value(row).share),
  number(`${name}_low`, (row) => value(row).interval?.low),
  number(`${name}_high`, (row) => value(row).interval?.high),
];
