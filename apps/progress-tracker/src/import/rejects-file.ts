import type { Reject } from './read-import';

const needsQuotes = /[",\r\n]|^\s|\s$/;
const formula = /^[=+\-@\t\r]/;
const phoneLike = /^\+?[\d\s().-]+$/;

/** A cell as RFC 4180 writes it. What a spreadsheet would run is made plain text; a phone number stays one. */
const cell = (value: string): string => {
  const safe = formula.test(value) && !phoneLike.test(value) ? `'${value}` : value;
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const rowOf = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

/** The heading of a file of rejects: the file's own columns behind the line and what is wrong. */
export const rejectsHeading = ({ cells }: Reject): string =>
  rowOf(['line', 'problems', ...Object.keys(cells)]);

/** One row of a file of rejects, which can be mended and imported again once its first two columns are gone. */
export const rejectRow = ({ line, cells, problems }: Reject): string =>
  rowOf([String(line), problems.join('; '), ...Object.values(cells)]);
