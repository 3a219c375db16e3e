import { spawn, type ChildProcess } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { topics } from '@stopcovid/contracts';

/** Who takes part, in the order of the table. */
export const contestants = ['stock', 'stock12', 'ours', 'raw'] as const;
export type Contestant = (typeof contestants)[number];

/** What a contestant is called in reports. */
export const nameOf = (contestant: Contestant): string =>
  ({
    stock: 'stock, default',
    stock12: 'stock, 12 partitions at once',
    ours: 'ours',
    raw: 'raw loop',
  })[contestant];

/** The topics of a contestant; our engine's names are fixed. */
export const topicsOf = (contestant: Contestant): { readonly commands: string; readonly events: string } =>
  contestant === 'ours'
    ? { commands: topics.dialogCommands, events: topics.dialogEvents }
    : { commands: `bench.${contestant}.commands`, events: `bench.${contestant}.events` };

/** As many as our strategy works on at once, so that the raw loop has the same. */
const ourConcurrency = '4';

const concurrencyOf: Readonly<Record<Contestant, Readonly<Record<string, string>>>> = {
  stock: {},
  stock12: { PARTITIONS_CONCURRENTLY: '12' },
  ours: {},
  raw: { PARTITIONS_CONCURRENTLY: ourConcurrency },
};

const programOf = (contestant: Contestant, root: string): string => {
  switch (contestant) {
    case 'stock':
    case 'stock12':
      return join(__dirname, 'contestants', 'stock-service.js');
    case 'ours':
      return join(root, 'apps', 'dialog-engine', 'dist', 'main.js');
    case 'raw':
      return join(__dirname, 'contestants', 'raw-loop.js');
  }
};

export type ContestantPlace = {
  readonly root: string;
  readonly brokers: string;
  /** With the name of the database. */
  readonly mongodbUrl: string;
  readonly group: string;
  readonly logDirectory: string;
  /** Where a CPU profile is to be left. */
  readonly profiles?: string | undefined;
  /** More of the environment, such as the size of a cache. */
  readonly env?: Readonly<Record<string, string>> | undefined;
};

/** A contestant at work. */
export type RunningContestant = {
  readonly pid: number;
  readonly hasEnded: () => boolean;
  /** Asks it to stop, and insists after 20 s. */
  readonly stop: () => Promise<void>;
};

const ending = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => child.once('exit', () => resolve()));

/** Starts a contestant as a process of its own; its lines go to a file, which costs all of them the same. */
export const startContestant = (contestant: Contestant, place: ContestantPlace): RunningContestant => {
  const { commands, events } = topicsOf(contestant);
  const log = openSync(join(place.logDirectory, `${contestant}.log`), 'a');
  const profiling = place.profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${place.profiles}`];
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [...profiling, programOf(contestant, place.root)], {
    cwd: place.root,
    stdio: ['ignore', log, log],
    env: {
      ...(PATH === undefined ? {} : { PATH }),
      ...(HOME === undefined ? {} : { HOME }),
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      KAFKA_BROKERS: place.brokers,
      KAFKA_GROUP: place.group,
      MONGODB_URL: place.mongodbUrl,
      DRILLS_DIR: join(place.root, 'drills'),
      COMMANDS_TOPIC: commands,
      EVENTS_TOPIC: events,
      ...concurrencyOf[contestant],
      ...place.env,
    },
  });
  closeSync(log);
  const killAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const ended = ending(child).finally(() => process.removeListener('exit', killAtExit));
  return {
    pid: child.pid ?? 0,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    stop: async () => {
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await ended;
      clearTimeout(insist);
    },
  };
};
