import { csvRow, harmless } from '../files/csv-cells';
import type { Reject } from './read-import';

const phoneLike = /^\+?[\d\s().-]+$/;

/** What a spreadsheet would run is made plain text; a phone number stays one. */
const rowOf = (cells: readonly string[]): string =>
  csvRow(cells.map((cell) => (phoneLike.test(cell) ? cell : harmless(cell))));

/** The heading of a file of rejects: the file's own columns behind the line and what is wrong. */
export const rejectsHeading = ({ cells }: Reject): string =>
  rowOf(['line', 'problems', ...Object.keys(cells)]);

/** One row of a file of rejects, which can be mended and imported again once its first two columns are gone. */
export const rejectRow = ({ line, cells, problems }: Reject): string =>
  rowOf([String(line), problems.join('; '), ...Object.values(cells)]);
