/** Rows under headings, in columns as wide as they need to be; the last column runs on. */
export const tableOf = (
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] => {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
};

const steps = [
  { unit: 'd', seconds: 86_400 },
  { unit: 'h', seconds: 3_600 },
  { unit: 'min', seconds: 60 },
  { unit: 's', seconds: 1 },
];

/** How long ago, in the largest unit that fits. */
export const ageOf = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const { unit, seconds: per } = steps.find((step) => seconds >= step.seconds) ?? { unit: 's', seconds: 1 };
  return `${Math.floor(seconds / per)} ${unit}`;
};

/**
 * One field of CSV. A spreadsheet runs what begins like a formula, and employers and units are named by others, so
 * that gets an apostrophe before it. A phone is a plus and digits alone: nothing to run, and readers want it whole.
 */
export const csvField = (value: string | number | boolean | null): string => {
  const text = value === null ? '' : String(value);
  const formula = /^[\s]*[=+\-@\t\r]/.test(text) && !/^\+\d+$/.test(text);
  const safe = formula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
