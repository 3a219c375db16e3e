import { join } from 'node:path';
import {
  forgetChildren,
  PartsUnavailable,
  rememberChildren,
  startParts,
  sweepOrphans,
  type Parts,
} from '@stopcovid/real-parts';
import { startStack, type Stack } from './start-stack';

const root = join(__dirname, '..', '..', '..');
const cacheDirectory = join(root, '.cache', 'real-parts');
const stackDirectory = join(root, '.cache', 'stack');
const say = (line: string): void => void process.stdout.write(`› ${line}\n`);

/* Fixed, so that a bookmark keeps working; PORT moves all of them. */
const firstPort = Number(process.env['PORT'] ?? 4_000);
const ports = {
  emulator: firstPort,
  ingress: firstPort + 1,
  engine: firstPort + 2,
  sender: firstPort + 3,
  tracker: firstPort + 4,
};

let parts: Parts | undefined;
let stack: Stack | undefined;
let stopping = false;

const stop = async (code: number): Promise<void> => {
  if (stopping) return;
  stopping = true;
  say('stopping');
  await stack?.stop();
  await parts?.stop();
  forgetChildren(stackDirectory);
  process.exit(code);
};

const introduce = ({ phonesUrl, progressUrl, apiKey, mongodbUrl }: Stack, kafkaBrokers: string): void => {
  say(`phones:        ${phonesUrl}   (text HYGIENE)`);
  say(`progress API:  ${progressUrl}/docs`);
  say(`               curl -H 'authorization: Bearer ${apiKey}' ${progressUrl}/v1/trainees`);
  say(
    `command line:  MONGODB_URL=${mongodbUrl} KAFKA_BROKERS=${kafkaBrokers} DIALOG_ENVIRONMENT=stack npm run dialog -- trainees`,
  );
  say('Ctrl-C stops everything; nothing is kept.');
};

const start = async (): Promise<void> => {
  if (sweepOrphans(stackDirectory) > 0) say('ended the services of a run that was killed');
  parts = await startParts({ environment: process.env, cacheDirectory, say });
  stack = await startStack({
    kafkaBrokers: parts.kafkaBrokers,
    mongodbUrl: parts.mongodbUrl,
    root,
    say,
    ports,
  });
  const running = [...stack.services.values()];
  rememberChildren(
    stackDirectory,
    running.map(({ pid, app }) => ({ pid, commandWord: join('apps', app) })),
  );
  for (const { app, ended, logFile } of running) {
    void ended.then((code) => {
      if (stopping) return;
      say(`${app} ended by itself with code ${code}; its log is ${logFile}`);
      void stop(1);
    });
  }
  introduce(stack, parts.kafkaBrokers);
};

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => void stop(signal === 'SIGINT' ? 130 : 143));
start().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof PartsUnavailable ? error.message : String(error instanceof Error ? (error.stack ?? error.message) : error)}\n`,
  );
  void stop(1);
});
