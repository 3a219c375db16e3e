import { takeNoOptions } from './options.mjs';
import { build, install, installPrograms } from './prepare.mjs';
import { endWithSignals, runNode } from './programs.mjs';

const usage = `npm run stack

Starts the four services and the carrier emulator as processes on a real Kafka and a real MongoDB-protocol server, which
it gets itself. Ctrl-C stops everything; nothing is kept. Settings come from the environment:

  PORT           the page with the phones (4000); the services listen on the four ports after it
  KAFKA_BROKERS  with MONGODB_URL: a Kafka that runs already, instead of one of its own
  MONGODB_URL    with KAFKA_BROKERS: a MongoDB that runs already
`;

takeNoOptions(usage);
endWithSignals(() => new Promise((resolve) => setTimeout(resolve, 30_000)));
await install();
await installPrograms(['Java 17 and Maven']);
await build('tools/stack');
process.exitCode = await runNode(['tools/stack/dist/main.js', ...process.argv.slice(2)]);
