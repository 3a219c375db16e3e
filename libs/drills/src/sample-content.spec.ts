import { join } from 'node:path';
import { formatProblem } from './problem';
import { readCatalogue } from './directory';

const directory = join(__dirname, '../../../drills');

it('offers every language that a drill of the course is in to who is asked for theirs', async () => {
  const result = await readCatalogue(directory);
  if (!result.ok) throw new Error('the sample drills cannot be used');
  const drills = [...result.catalogue.revisions.values()].map(({ content }) => content);
  const asking = drills.flatMap(({ prompts }) => prompts.filter(({ store }) => store?.field === 'language'));
  const languages = new Set(drills.flatMap((drill) => drill.languages));
  expect(asking).toHaveLength(2);
  for (const { options = [] } of asking)
    expect(new Set(options.map(({ value }) => value))).toEqual(languages);
});

it('lints the sample content without an error or a warning', async () => {
  const result = await readCatalogue(directory);
  expect((result.ok ? result.warnings : result.problems).map(formatProblem)).toEqual([]);
});
