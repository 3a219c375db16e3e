import { build, install } from './prepare.mjs';
import { runNode } from './programs.mjs';

await install();
await build('tools/faults');
process.exitCode = await runNode(['tools/faults/dist/main.js', ...process.argv.slice(2)]);
