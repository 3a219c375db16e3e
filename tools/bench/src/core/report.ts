import type { Measurement } from './measure';

const shown = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);

const spread = ({ min, max }: Measurement): string => `${(max / min).toFixed(2)}x`;

const towardsGoal = ({ goal, median }: Measurement): string => {
  if (goal === undefined) return '';
  const times = goal.at === 'least' ? median / goal.value : goal.value / median;
  return `at ${goal.at} ${shown(goal.value)}: ${times >= 1 ? 'met' : 'missed'}, ${times.toFixed(2)}x`;
};

const heads = ['what', 'unit', 'min', 'median', 'max', 'max/min', 'goal'] as const;
const rowOf = (m: Measurement): readonly string[] => [
  m.name,
  m.unit,
  shown(m.min),
  shown(m.median),
  shown(m.max),
  spread(m),
  towardsGoal(m),
];

/** Measurements as a table of plain text. */
export const tableOf = (measurements: readonly Measurement[]): string => {
  const rows = [heads, ...measurements.map(rowOf)];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
