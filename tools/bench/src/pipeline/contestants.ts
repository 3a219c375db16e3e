import { join } from 'node:path';
import { topics } from '@stopcovid/contracts';
import { startService, type RunningService } from '@stopcovid/stack';
import { root } from '../kit';

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

const programOf = (contestant: Contestant): string => {
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

/** Where a contestant finds its servers, its group and its database. */
export type ContestantPlace = {
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
export type RunningContestant = RunningService & { readonly hasEnded: () => boolean };

/** Starts a contestant as a process of its own; its lines go to a file, which costs all of them the same. */
export const startContestant = (contestant: Contestant, place: ContestantPlace): RunningContestant => {
  const { commands, events } = topicsOf(contestant);
  const profiling = place.profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${place.profiles}`];
  const env = {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    KAFKA_BROKERS: place.brokers,
    KAFKA_GROUP: place.group,
    MONGODB_URL: place.mongodbUrl,
    DRILLS_DIR: join(root, 'drills'),
    COMMANDS_TOPIC: commands,
    EVENTS_TOPIC: events,
    ...concurrencyOf[contestant],
    ...place.env,
  };
  const program = [...profiling, programOf(contestant)];
  const { logDirectory } = place;
  const running = startService({ app: contestant, url: '', env, program }, { root, logDirectory });
  let over = false;
  void running.ended.then(() => (over = true));
  return { ...running, hasEnded: () => over };
};
