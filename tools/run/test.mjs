import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checks } from './checks.mjs';
import { chromium, install, installPrograms } from './prepare.mjs';
import { endWithSignals, root, runNode } from './programs.mjs';
import { say, secondsSince } from './say.mjs';

const usage = `npm test [-- --only STEP]

Installs what is missing, then runs, from quick to slow:
  checks   types, format, lint, dependency rules, unused code
  unit     specs that need nothing
  int      specs that need a real Kafka or MongoDB-protocol server, which this gets itself
  e2e      the whole system: four processes, and the phone page in Chromium
  proofs   1,000 simulated runs with faults, and real faults on real processes (the short form)

What waits more than it works has the processor when it wants it, and other things beside it that yield: the real
faults, from the build on, beside checks and simulations, and the specs of the whole system beside those of single parts.
`;

const option = process.argv.indexOf('--only');
const only = option < 0 ? undefined : process.argv[option + 1];
const steps = ['checks', 'unit', 'int', 'e2e', 'proofs'];
if (process.argv.includes('--help') || (option >= 0 && !steps.includes(only))) {
  process.stdout.write(usage);
  process.exit(process.argv.includes('--help') ? 0 : 2);
}
const wants = (step) => only === undefined || only === step;

const started = Date.now();
const reports = mkdtempSync(join(tmpdir(), 'stopcovid-test-'));
const total = { passed: 0, failed: 0 };
let parts;

const cleanUp = async () => {
  rmSync(reports, { recursive: true, force: true });
  await parts?.stop();
};
endWithSignals(cleanUp);

const count = (passed, failed) => {
  total.passed += passed;
  total.failed += failed;
};

/*
 * A spec file that cannot even be loaded has no tests to count, and counts as one failure. A spec that fails may leave
 * a connection open; that must end the run with a report, not hang it.
 */
const jest = async (kind, args, { env = {}, yields = false } = {}) => {
  const start = Date.now();
  const report = join(reports, `${kind}.json`);
  const code = await runNode(
    [
      'node_modules/jest/bin/jest.js',
      '--forceExit',
      '--json',
      `--outputFile=${report}`,
      '--silent=false',
      ...args,
    ],
    { env: { ...env, TEST_KIND: kind, NODE_ENV: 'test' }, stdio: ['ignore', 'ignore', 'inherit'], yields },
  );
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    count(result.numPassedTests, failed || (code === 0 ? 0 : 1));
    say(`${kind}: ${result.numPassedTests} passed, ${failed} failed (${secondsSince(start)})`);
  } catch {
    count(0, 1);
    say(`${kind}: jest ended with code ${code} and no report`);
  }
};

/* Servers that live for minutes: compiling them well costs more than it gains. A fifth of the real faults' time. */
process.env.JAVA_TOOL_OPTIONS ??= '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';

await install();
const needs = [
  ...(wants('int') || wants('e2e') || wants('proofs') ? ['Java 17 and Maven'] : []),
  ...(wants('e2e') ? ['Chromium'] : []),
];
await installPrograms(needs);

/* What cannot be compiled cannot be started: then the specs that need processes would only repeat it. */
const [build, ...otherChecks] = checks;
const built = await build.run();
count(built ? 1 : 0, built ? 0 : 1);

/* A proof says itself what it finds; it counts as one check. */
const faults = async (name, args, { output = 'inherit', yields = false } = {}) => {
  const start = Date.now();
  const code = await runNode(['tools/faults/dist/main.js', ...args], {
    stdio: ['ignore', output, output],
    yields,
  });
  count(code === 0 ? 1 : 0, code === 0 ? 0 : 1);
  return `${code === 0 ? 'passed' : 'FAILED'}: ${name} (${secondsSince(start)})`;
};
const proof = async (name, args, options) => say(await faults(name, args, options));

/** A proof beside others: what it says is printed together when it has ended. */
const proofBeside = async (name, args) => {
  const file = join(reports, 'proof.log');
  const told = await faults(name, args, { output: openSync(file, 'w') });
  process.stdout.write(readFileSync(file));
  say(told);
};

/* The real faults have servers of their own and limits in seconds, and wait more than they work: the rest yields. */
const yielding = { yields: wants('proofs') };
const besideFaults = async () => {
  if (wants('checks'))
    for (const check of otherChecks) count(...((await check.run(yielding)) ? [1, 0] : [0, 1]));
  if (!built || !wants('proofs')) return;
  await proof('broken protocols are caught', ['simulated', '--every-mutation'], yielding);
  await proof('simulated faults', ['simulated', '--runs', '1000'], yielding);
};
await Promise.all([
  built && wants('proofs') ? proofBeside('real faults', ['real', '--short']) : undefined,
  besideFaults(),
]);

if (wants('unit')) await jest('unit', ['--maxWorkers=100%']);

/* The specs of the whole system wait for its processes one after the other: those of the single parts yield to them. */
if (built && (wants('int') || wants('e2e'))) {
  const { startParts } = createRequire(import.meta.url)(join(root, 'tools/real-parts/dist/index.js'));
  parts = await startParts({
    environment: process.env,
    cacheDirectory: join(root, '.cache/real-parts'),
    say,
  });
  const env = {
    KAFKA_BROKERS: parts.kafkaBrokers,
    MONGODB_URL: parts.mongodbUrl,
    CHROMIUM_PATH: chromium() ?? '',
  };
  await Promise.all([
    wants('e2e') ? jest('e2e', ['--runInBand'], { env }) : undefined,
    wants('int') ? jest('int', ['--maxWorkers=100%'], { env, yields: wants('e2e') }) : undefined,
  ]);
}

await cleanUp();
say(`everything took ${secondsSince(started)}`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
