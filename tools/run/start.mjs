import { build, install } from './prepare.mjs';
import { endWithSignals, runNode } from './programs.mjs';
import { say } from './say.mjs';

endWithSignals(() => new Promise((resolve) => setTimeout(resolve, 5_000)));
await install();
await build('apps/playground');
say('starting the playground');
process.exitCode = await runNode(['apps/playground/dist/main.js', ...process.argv.slice(2)]);
