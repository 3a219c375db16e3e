import { build, install } from './prepare.mjs';
import { runNode } from './programs.mjs';

await install();
await build();
process.exitCode = await runNode(['tools/cluster/dist/main.js', ...process.argv.slice(2)]);
