import { install } from './prepare.mjs';
import { runNode } from './programs.mjs';
import { say } from './say.mjs';

/* The specs that check the documents write them, too: there is one place that knows how each must look. */
await install();
const jest = ['node_modules/jest/bin/jest.js', '--testPathPatterns', '/documented/|reference[.]spec'];
const written = await runNode(jest, { env: { UPDATE_DOCS: '1', TEST_KIND: 'unit' } });
const formatted = await runNode([
  'node_modules/prettier/bin/prettier.cjs',
  ...['--write', '--log-level=warn', 'docs', 'libs/contracts/examples', '{apps,libs,tools}/*/README.md'],
]);
if (written === 0) say('the documents say what the code does; read the diff');
process.exitCode = written || formatted;
