import { checks } from './checks.mjs';
import { install } from './prepare.mjs';

await install();
let failed = 0;
for (const check of checks) failed += (await check.run()) ? 0 : 1;
process.exitCode = failed === 0 ? 0 : 1;
