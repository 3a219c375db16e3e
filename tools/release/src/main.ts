import { parseArgs } from 'node:util';
import { notes, planned, type Plan } from './plan';
import { carryOut, factsOf, filesIn, patchOf } from './repository';

const usage = `npm run release -- [--dry-run] [VERSION]
npm run release -- --notes VERSION

Gives VERSION to every package, the lock file and the chart, puts what the changelog calls unreleased under it, says from
which commit on the next release is compared, commits and tags. Nothing leaves the machine. Without VERSION it is the next
minor one, or the first where nothing was released yet.

  --dry-run  shows the files as they would change and the commands, and does nothing
  --notes    prints what the changelog says of VERSION; fails where a file states another version
`;

const isQuiet = /^[\w./@=:-]+$/;
const shown = (command: readonly string[]): string =>
  command.map((word) => (isQuiet.test(word) ? word : `'${word}'`)).join(' ');

const fail = (problems: readonly string[], code = 1): never => {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exit(code);
};

const describe = ({ version, changes, commands, afterwards }: Plan): string =>
  [
    `Version ${version} changes ${changes.length} files:`,
    '',
    patchOf(changes),
    'and runs:',
    '',
    ...commands.map((command) => `  ${shown(command)}`),
    '',
    'Then it is yours to publish it:',
    '',
    ...afterwards.map((line) => `  ${line}`),
    '',
  ].join('\n');

const printNotes = (root: string, version: string | undefined): void => {
  if (version === undefined) return fail([`--notes needs a VERSION.\n\n${usage}`], 2);
  const found = notes(filesIn(root), version);
  if ('problems' in found) return fail(found.problems);
  process.stdout.write(`${found.notes}\n`);
};

const release = (root: string, named: string | undefined, isDry: boolean): void => {
  const result = planned(factsOf(root, new Date()), named);
  if ('problems' in result) return fail(result.problems);
  const { plan } = result;
  if (isDry) {
    process.stdout.write(describe(plan));
    return;
  }
  carryOut(root, plan);
  process.stdout.write(
    `Version ${plan.version} is committed and tagged ${plan.tag}. To publish it: ${plan.afterwards.join(' && ')}\n`,
  );
};

const options = {
  'dry-run': { type: 'boolean' },
  notes: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const main = (root: string): void => {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [version, ...more] = positionals;
  if (values.help === true) {
    process.stdout.write(usage);
    return;
  }
  if (more.length > 0) return fail([`One VERSION at most, not ${positionals.join(' ')}.\n\n${usage}`], 2);
  if (values.notes === true) return printNotes(root, version);
  release(root, version, values['dry-run'] === true);
};

try {
  main(process.cwd());
} catch (error) {
  fail([error instanceof Error ? error.message : String(error), '', usage], 2);
}
