import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@stopcovid/runtime';
import { stackProcesses, type Ports, type ServiceProcess } from '@stopcovid/stack';
import { apiKey, authToken, heapLimit, root, say, type Stage } from '../kit';
import { startBalancer } from './balancer';
import { closedCourse } from './course';
import { partitions } from './people';
import { emulatorHeapMb } from './memory';
import type { Options } from './options';

/** A process that is measured. */
export type Measured = { readonly name: string; readonly pid: number };

/** Everything that runs. */
export type DaySystem = {
  readonly emulator: { readonly url: string };
  readonly trackerUrl: string;
  readonly processes: readonly Measured[];
  readonly direct: { readonly kafka: Stage['kafka']; readonly mongodbUrl: string };
  readonly authToken: string;
  readonly logDirectory: string;
  /** The folder of the drills. */
  readonly drills: string;
};

const services = ['sms-ingress', 'dialog-engine', 'sms-sender', 'progress-tracker'] as const;
type Service = (typeof services)[number];

/* The emulator would count as lost what it forgets; some 34 texts a trainee are to be expected. */
const everything = ({ trainees }: Options): string => String(1_000_000 + 60 * trainees);
const pauseMs = 5;
/** How a day is played, and the rate of its carrier in texts a second. */
export type SystemOptions = Options & { readonly carrierPerSecond: number };

/* A sweep looks through a quarter of an hour before it, too: every half minute is for whoever waits for a text by hand. */
const sweepMinutes = '10';

const ownOf = (app: string, { carrierPerSecond }: SystemOptions): Readonly<Record<string, string>> => {
  if (app === 'sms-sender') return { SMS_PER_SECOND: String(carrierPerSecond), SMS_LOOP_LIMIT: '0' };
  return app === 'sms-ingress' ? { INBOUND_SWEEP_MINUTES: sweepMinutes } : {};
};

const paceOf = (app: string, options: SystemOptions): Readonly<Record<string, string>> => {
  if (app === 'carrier-emulator')
    return {
      LOG_LEVEL: 'warn',
      STEP_MS: '20',
      SEED: String(options.seed),
      KEEP_MESSAGES: everything(options),
      KEEP_TOTAL: everything(options),
      KEEP_PHONES: everything(options),
      NODE_OPTIONS: `--max-old-space-size=${emulatorHeapMb(options)}`,
    };
  return { NODE_OPTIONS: heapLimit, ...ownOf(app, options) };
};

type Plan = { readonly stage: Stage; readonly options: SystemOptions; readonly drills: string };

const withPace = (process: ServiceProcess, { options, drills }: Plan): ServiceProcess => ({
  ...process,
  env: {
    ...process.env,
    ...paceOf(process.app, options),
    ...('DRILLS_DIR' in process.env ? { DRILLS_DIR: drills } : {}),
  },
});

/** The first of each service is where the others look for it; all but the first of a service listen elsewhere. */
const replicaOf = async (
  process: ServiceProcess,
  number: number,
  ownPort: boolean,
): Promise<ServiceProcess> => {
  if (number === 1 && !ownPort) return process;
  const port = await freePort();
  return { ...process, url: `http://127.0.0.1:${port}`, env: { ...process.env, PORT: String(port) } };
};

const freePorts = async (ingress: number): Promise<Ports> => ({
  ingress,
  emulator: await freePort(),
  engine: await freePort(),
  sender: await freePort(),
  tracker: await freePort(),
});

const start = async (stage: Stage, process: ServiceProcess, number: number): Promise<Measured> => {
  const logDirectory = join(stage.logDirectory, String(number));
  mkdirSync(logDirectory, { recursive: true });
  const { pid } = await stage.startProcess(process, logDirectory);
  return { name: `${process.app} ${number}`, pid };
};

const replicasOf = async (
  found: ServiceProcess,
  { options: { replicas } }: Plan,
): Promise<readonly ServiceProcess[]> =>
  Promise.all(
    Array.from({ length: replicas }, (_, index) => replicaOf(found, index + 1, found.app === 'sms-ingress')),
  );

const serversOf = ({ parts: { pids } }: Stage): readonly Measured[] =>
  pids === undefined
    ? []
    : [
        { name: 'Kafka', pid: pids.kafka },
        { name: 'database', pid: pids.mongo },
      ];

/** Starts the emulator and so many of each service; ready when this resolves. */
export const startDaySystem = async (stage: Stage, options: SystemOptions): Promise<DaySystem> => {
  await stage.makeTopics(partitions);
  const doors: number[] = [];
  const balancer = await startBalancer(() => doors);
  stage.endWith(() => balancer.close());
  const ports = await freePorts(balancer.port);
  const mongodbUrl = stage.databaseUrl('day');
  const { kafkaBrokers } = stage.parts;
  const plan: Plan = { stage, options, drills: closedCourse(stage.logDirectory) };
  const all = stackProcesses({ kafkaBrokers, mongodbUrl, ports, authToken, apiKey, root, pauseMs });
  const of = (app: Service | 'carrier-emulator'): ServiceProcess => {
    const found = all.find((process) => process.app === app);
    if (found === undefined) throw new Error(`the stack has no ${app}`);
    return withPace(found, plan);
  };
  say(`starting ${options.replicas} of each service; logs are in ${stage.logDirectory}`);
  const wanted = [{ process: of('carrier-emulator'), number: 1 }];
  for (const app of services)
    for (const [index, process] of (await replicasOf(of(app), plan)).entries()) {
      wanted.push({ process, number: index + 1 });
      if (app === 'sms-ingress') doors.push(Number(new URL(process.url).port));
    }
  const processes = await Promise.all(wanted.map(({ process, number }) => start(stage, process, number)));
  return {
    emulator: { url: of('carrier-emulator').url },
    trackerUrl: of('progress-tracker').url,
    processes: [...processes, ...serversOf(stage)],
    direct: { kafka: stage.kafka, mongodbUrl },
    authToken,
    logDirectory: stage.logDirectory,
    drills: plan.drills,
  };
};
