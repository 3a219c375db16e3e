import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './prepare.mjs';
import { root, run, runNode } from './programs.mjs';

/* Standard output belongs to the notes of a release: what is said here goes to standard error. */
const quiet = { stdio: ['ignore', 2, 2] };
if (!existsSync(join(root, 'node_modules'))) await install();
const compiler = join('node_modules', 'typescript-7', 'bin', 'tsc');
const built = await run(process.execPath, [compiler, '-b', 'tools/release'], quiet);
if (built !== 0) process.exit(built);
process.exitCode = await runNode(['tools/release/dist/main.js', ...process.argv.slice(2)]);
