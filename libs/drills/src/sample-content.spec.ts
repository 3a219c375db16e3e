import { join } from 'node:path';
import { formatProblem } from './problem';
import { readCatalogue } from './directory';

const directory = join(__dirname, '../../../drills');

it('lints the sample content without an error or a warning', async () => {
  const result = await readCatalogue(directory);
  expect((result.ok ? result.warnings : result.problems).map(formatProblem)).toEqual([]);
});
