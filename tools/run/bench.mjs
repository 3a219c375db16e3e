import { build, install } from './prepare.mjs';
import { runNode } from './programs.mjs';

await install();
await build('tools/bench');
process.exitCode = await runNode(['tools/bench/dist/main.js', ...process.argv.slice(2)]);
