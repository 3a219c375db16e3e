import { join } from 'node:path';
import {
  asksToStop,
  compileKeywords,
  defaultKeywords,
  meaningOf,
  soundsLikeStop,
} from '@stopcovid/dialog-core';
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

/** Every text within a value, and each with a letter before it, as an option is answered. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value, `b) ${value}`];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

it('takes no text, option or answer of the sample drills for a request to stop', async () => {
  const result = await readCatalogue(directory);
  if (!result.ok) throw new Error('the sample drills cannot be used');
  const keywords = compileKeywords(defaultKeywords);
  const texts = [...result.catalogue.revisions.values()].flatMap(({ content }) =>
    content.prompts.flatMap(({ messages, options, answers }) => textsIn([messages, options, answers])),
  );
  const optsOut = (text: string): boolean =>
    meaningOf(keywords, text)?.kind === 'optOut' || asksToStop(text) || soundsLikeStop(text);
  expect(texts.length).toBeGreaterThan(300);
  expect(texts.filter(optsOut)).toEqual([]);
});
