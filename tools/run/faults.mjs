import { build, install } from './prepare.mjs';
import { runNode } from './programs.mjs';

const [kind, ...args] = process.argv.slice(2);
if (kind !== 'simulated' && kind !== 'real') {
  const asked = kind === '--help';
  (asked ? process.stdout : process.stderr).write('npm run faults -- simulated|real [--help]\n');
  process.exit(asked ? 0 : 2);
}
await install();
await build('tools/faults');
process.exitCode = await runNode([`tools/faults/dist/${kind}/main.js`, ...args]);
