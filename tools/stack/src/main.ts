import { join } from 'node:path';
import {
  forgetChildren,
  PartsUnavailable,
  rememberChildren,
  startParts,
  sweepOrphans,
  type Parts,
} from '@stopcovid/real-parts';
import type { Ports } from './environment';
import { keepRunning } from './keep-running';
import { startStack, type Stack } from './start-stack';
import { portsFrom, takenPorts } from './taken-ports';

const root = join(__dirname, '..', '..', '..');
const cacheDirectory = join(root, '.cache', 'real-parts');
const stackDirectory = join(root, '.cache', 'stack');
const say = (line: string): void => void process.stdout.write(`› ${line}\n`);

let parts: Parts | undefined;
let stack: Stack | undefined;
let stopping = false;

const stop = async (code: number): Promise<void> => {
  if (stopping) return;
  stopping = true;
  say('stopping');
  await stack?.stop({ keepLogs: code === 1 });
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

/** What nobody can do anything about but the person who started this. */
class CannotStart extends Error {}

/* Fixed, so that a bookmark keeps working; PORT moves all of them. */
const ports = async (): Promise<Ports> => {
  const wanted = portsFrom(process.env['PORT'] ?? '4000');
  const taken = await takenPorts(wanted);
  if (taken.length === 0) return wanted;
  throw new CannotStart(
    `Taken already: port ${taken.join(', ')}. The stack needs five in a row; choose the first: PORT=4100 npm run stack`,
  );
};

const remember = ({ services }: Stack): void =>
  rememberChildren(
    stackDirectory,
    [...services.values()].map(({ pid, app }) => ({ pid, commandWord: join('apps', app) })),
  );

const start = async (): Promise<void> => {
  if (sweepOrphans(stackDirectory) > 0) say('ended the services of a run that was killed');
  const free = await ports();
  parts = await startParts({ environment: process.env, cacheDirectory, say });
  const { kafkaBrokers, mongodbUrl } = parts;
  const running = await startStack({ kafkaBrokers, mongodbUrl, root, say, ports: free });
  stack = running;
  remember(running);
  keepRunning(running, {
    say,
    isStopping: () => stopping,
    restarted: () => remember(running),
    gaveUp: () => void stop(1),
  });
  introduce(running, kafkaBrokers);
};

const whyNot = (error: unknown): string => {
  if (error instanceof PartsUnavailable || error instanceof CannotStart || error instanceof RangeError)
    return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => void stop(signal === 'SIGINT' ? 130 : 143));
start().catch((error: unknown) => {
  process.stderr.write(`${whyNot(error)}\n`);
  void stop(1);
});
