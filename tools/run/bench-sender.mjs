import { build, install } from './prepare.mjs';
import { runNode } from './programs.mjs';

await install();
await build('tools/bench-sender');
process.exitCode = await runNode(['tools/bench-sender/dist/main.js', ...process.argv.slice(2)]);
