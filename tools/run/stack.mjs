import { build, install, installPrograms } from './prepare.mjs';
import { endWithSignals, runNode } from './programs.mjs';

endWithSignals(() => new Promise((resolve) => setTimeout(resolve, 30_000)));
await install();
await installPrograms(['Java 17 and Maven']);
await build('tools/stack');
process.exitCode = await runNode(['tools/stack/dist/main.js', ...process.argv.slice(2)]);
