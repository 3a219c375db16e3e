import { takeNoOptions } from './options.mjs';
import { build, install } from './prepare.mjs';
import { endWithSignals, runNode } from './programs.mjs';
import { say } from './say.mjs';

const usage = `npm start

Starts the playground: all services and a wall of phones in one process, without Kafka or MongoDB. No text leaves this
machine, and nothing survives a restart. Ctrl-C ends it. Settings come from the environment, PORT=4100 npm start:

  PORT        the page with the phones (4000)
  HOST        the address to listen on (127.0.0.1); there is no login
  DRILLS_DIR  the folder of the drills and their course (drills); edits are taken in as you save
  PAUSE_MS    milliseconds between texts to one phone (700)
  LOG_LEVEL   fatal, error, warn, info, debug or trace (warn)
  LOG_FORMAT  json or pretty (json)
`;

takeNoOptions(usage);
endWithSignals(() => new Promise((resolve) => setTimeout(resolve, 5_000)));
await install();
await build('apps/playground');
say('starting the playground');
process.exitCode = await runNode(['apps/playground/dist/main.js', ...process.argv.slice(2)]);
