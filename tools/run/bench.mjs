import { build, install } from './prepare.mjs';
import { runNode } from './programs.mjs';

const usage = 'npm run bench -- [core|grading|all] | pipeline | ingress | sender | sweep  [--help]\n';
const ofItsOwn = ['pipeline', 'ingress', 'sender', 'sweep'];

const args = process.argv.slice(2);
const name = ofItsOwn.find((each) => each === args[0]);
if (name === undefined && args.includes('--help')) {
  process.stdout.write(usage);
  process.exit(0);
}
await install();
await build('tools/bench');
process.exitCode = await runNode(
  name === undefined
    ? ['tools/bench/dist/core/main.js', ...args]
    : [`tools/bench/dist/${name}/main.js`, ...args.slice(1)],
);
