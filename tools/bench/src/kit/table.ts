import { verdictOf, type Figure } from './verdict';

/** A number as people read it. */
export const shown = (value: number): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);

/** Rows of cells under their heads, in columns of plain text. */
export const tableOf = (heads: readonly string[], rows: readonly (readonly string[])[]): string => {
  const all = [heads, ...rows];
  const widths = heads.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return all.map(line).join('\n');
};

const goalOf = ({ goal }: Figure): string => (goal === undefined ? '' : `at ${goal.at} ${shown(goal.value)}`);

/** Figures with their goals and verdicts. */
export const figuresTable = (figures: readonly Figure[]): string =>
  tableOf(
    ['figure', 'value', 'goal', 'verdict'],
    figures.map((figure) => [figure.name, shown(figure.value), goalOf(figure), verdictOf(figure)]),
  );
