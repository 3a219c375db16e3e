import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topicSettings } from '@stopcovid/contracts';
import { runDialog } from '@stopcovid/dialog';
import { createTopics } from '@stopcovid/kafka';
import { freePort } from '@stopcovid/runtime';
import { stackProcesses, type Ports, type ServiceProcess } from './environment';
import { startService, untilReady, type RunningService } from './service-process';

export type StackRequest = {
  readonly kafkaBrokers: string;
  /** Without the name of a database; the stack makes one of its own. */
  readonly mongodbUrl: string;
  readonly root: string;
  readonly say: (line: string) => void;
  /** Free ports unless given. */
  readonly ports?: Ports;
  readonly partitions?: number;
  readonly pauseMs?: number;
  /** By app: a module that its process loads before its own code. */
  readonly preload?: Readonly<Record<string, string>>;
};

/** The four services and the emulator, running. */
export type Stack = {
  readonly phonesUrl: string;
  readonly ingressUrl: string;
  readonly progressUrl: string;
  readonly apiKey: string;
  readonly authToken: string;
  /** With the name of the database. */
  readonly mongodbUrl: string;
  readonly services: ReadonlyMap<string, RunningService>;
  /** Starts a service again that has ended, and waits until it is ready. */
  readonly restart: (app: string) => Promise<RunningService>;
  /** Stops the services in the order in which texts flow; their logs go unless they are to be kept. */
  readonly stop: (options?: { readonly keepLogs?: boolean }) => Promise<void>;
};

const readyWithinMs = 60_000;
const order = ['carrier-emulator', 'sms-ingress', 'dialog-engine', 'progress-tracker', 'sms-sender'];

/** The connection string with another database; credentials, hosts and options stay. */
export const withDatabase = (url: string, name: string): string =>
  url.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/, `$1/${name}`);

const freePorts = async (): Promise<Ports> => ({
  emulator: await freePort(),
  ingress: await freePort(),
  engine: await freePort(),
  sender: await freePort(),
  tracker: await freePort(),
});

/** What the stack's database calls itself, so that the command line can tell it from any other. */
const stackEnvironment = 'stack';

const dialog = async (mongodbUrl: string, args: readonly string[]): Promise<void> => {
  const said: string[] = [];
  const terminal = {
    input: process.stdin,
    out: (line: string) => void said.push(line),
    err: (line: string) => void said.push(line),
  };
  const environment = { MONGODB_URL: mongodbUrl, DIALOG_ENVIRONMENT: stackEnvironment };
  const exit = await runDialog(args, terminal, environment);
  if (exit !== 0) throw new Error(`dialog ${args.join(' ')} failed: ${said.join(' ')}`);
};

const preloading = (service: ServiceProcess, file: string | undefined): ServiceProcess => {
  if (file === undefined) return service;
  const { NODE_OPTIONS = '' } = service.env;
  const options = `${NODE_OPTIONS} --require=${JSON.stringify(file)}`.trim();
  return { ...service, env: { ...service.env, NODE_OPTIONS: options } };
};

const stopAll = async (services: ReadonlyMap<string, RunningService>): Promise<void> => {
  for (const app of order) await services.get(app)?.stop();
};

const readied = async (service: RunningService): Promise<RunningService> => {
  await untilReady(service, readyWithinMs);
  return service;
};

/** Makes the topics and the sample codes, starts every process, and waits until each is ready. */
export const startStack = async (request: StackRequest): Promise<Stack> => {
  const { kafkaBrokers, root, say } = request;
  const mongodbUrl = withDatabase(request.mongodbUrl, `stack_${randomBytes(4).toString('hex')}`);
  const ports = request.ports ?? (await freePorts());
  const [authToken, apiKey] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];

  say('making the topics and the sample codes');
  await createTopics(
    { brokers: kafkaBrokers.split(','), clientId: 'stack' },
    topicSettings(request.partitions ?? 12),
  );
  const acme = ['--employer-id', 'acme', '--employer-name', 'Acme Kitchens'];
  await dialog(mongodbUrl, ['environment', 'set', stackEnvironment, '--brokers', kafkaBrokers]);
  await dialog(mongodbUrl, ['codes', 'add', 'HYGIENE', ...acme]);
  await dialog(mongodbUrl, ['codes', 'add', 'TRYOUT', '--demo']);

  const logDirectory = mkdtempSync(join(tmpdir(), 'stopcovid-stack-'));
  say(`starting the services; their logs are in ${logDirectory}`);
  const setting = {
    kafkaBrokers,
    mongodbUrl,
    ports,
    authToken,
    apiKey,
    root,
    pauseMs: request.pauseMs ?? 3_000,
  };
  const processes = new Map(stackProcesses(setting).map((process) => [process.app, process]));
  const services = new Map<string, RunningService>();
  const startOne = (app: string): RunningService => {
    const process = processes.get(app);
    if (process === undefined) throw new Error(`the stack has no ${app}`);
    const service = startService(preloading(process, request.preload?.[app]), { root, logDirectory });
    services.set(app, service);
    return service;
  };
  const restart = (app: string): Promise<RunningService> => readied(startOne(app));
  for (const app of processes.keys()) startOne(app);
  try {
    await Promise.all([...services.values()].map(readied));
  } catch (error) {
    await stopAll(services);
    throw error;
  }
  return {
    phonesUrl: `http://127.0.0.1:${ports.emulator}`,
    ingressUrl: `http://127.0.0.1:${ports.ingress}`,
    progressUrl: `http://127.0.0.1:${ports.tracker}`,
    apiKey,
    authToken,
    mongodbUrl,
    services,
    restart,
    stop: async ({ keepLogs = false } = {}) => {
      await stopAll(services);
      if (!keepLogs) rmSync(logDirectory, { recursive: true, force: true });
    },
  };
};
