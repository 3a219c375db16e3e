import { install } from './prepare.mjs';
import { runNode } from './programs.mjs';
import { say } from './say.mjs';

const usage = `npm run docs [-- --site]

Writes the documents that are made from the code. With --site, builds a site of all documents instead, into
.cache/docs-site/site; DOCS_BASE is the path that it will stand at (/).
`;

/* The specs that check the documents write them, too: there is one place that knows how each must look. */
const write = async () => {
  await install();
  const jest = ['node_modules/jest/bin/jest.js', '--testPathPatterns', '/documented/|reference[.]spec'];
  const written = await runNode(jest, { env: { UPDATE_DOCS: '1', TEST_KIND: 'unit' } });
  const formatted = await runNode([
    'node_modules/oxfmt/bin/oxfmt',
    ...['docs', 'libs/contracts/examples', '{apps,libs,tools}/*/README.md'],
  ]);
  if (written === 0) say('the documents say what the code does; read the diff');
  return written || formatted;
};

const site = async () => (await import('./site.mjs')).buildSite();

const [option, ...more] = process.argv.slice(2);
const asked = more.length > 0 ? undefined : { undefined: write, '--site': site }[option];
if (asked !== undefined) process.exitCode = await asked();
else {
  const isHelp = option === '--help' || option === '-h';
  process[isHelp ? 'stdout' : 'stderr'].write(usage);
  process.exitCode = isHelp ? 0 : 2;
}
