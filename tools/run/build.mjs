import { runNode } from './programs.mjs';

/* What did not change is built by neither again. */
const compiled = await runNode(['node_modules/typescript-7/bin/tsc', '-b', ...process.argv.slice(2)]);
process.exitCode = compiled || (await runNode(['apps/console/build.mjs']));
