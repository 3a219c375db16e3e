import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, runNode } from './programs.mjs';
import { install } from './prepare.mjs';

/* Standard output belongs to the subcommand: what is said here goes to standard error. */
const quiet = { stdio: ['ignore', 2, 2] };
if (!existsSync(join(root, 'node_modules'))) await install();
const compiler = join('node_modules', 'typescript-7', 'bin', 'tsc');
const built = await run(process.execPath, [compiler, '-b', 'tools/dialog'], quiet);
if (built !== 0) process.exit(built);
process.exitCode = await runNode([join(root, 'tools/dialog/dist/main.js'), ...process.argv.slice(2)], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
