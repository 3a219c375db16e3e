import { build, install } from './prepare.mjs';
import { runNode } from './programs.mjs';

await install();
await build('tools/bench-pipeline');
process.exitCode = await runNode(['tools/bench-pipeline/dist/main.js', ...process.argv.slice(2)]);
