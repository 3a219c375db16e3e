import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '@stopcovid/runtime';
import { startJvm, type Jvm, type JvmRequest } from './jvm';
import { emptyBroker, setUpBroker, type BrokerSettings, type Place } from './kafka-broker';
import { mongoServer } from './mongo-server';
import { fetchJars, missingPrograms } from './native';
import { forgetChildren, rememberChildren, sweepOrphans } from './orphans';
import { PartsUnavailable, type Say } from './parts';

/** A server that can be killed, stopped and started again on the same port and data. */
export type RestartablePart = {
  readonly name: string;
  readonly port: number;
  readonly logFile: string;
  readonly pid: () => number;
  /** SIGTERM and SIGKILL resolve when it has ended; SIGSTOP and SIGCONT at once. */
  readonly signal: Jvm['signal'];
  /** Starts it again after it has ended; resolves when it serves. */
  readonly start: () => Promise<void>;
};

/** A listener of the broker that tells its clients another address than its own: that of a proxy before it. */
export type ProxiedListener = { readonly port: number; readonly advertisedPort: number };

/** Kafka and a MongoDB-protocol server of our own, for tests that break them. */
export type RestartableParts = {
  readonly kafka: RestartablePart;
  readonly mongo: RestartablePart;
  /** Ends Kafka and deletes all that it has. Started again it is another, empty cluster at the same address. */
  readonly loseKafka: () => Promise<void>;
  /** Ends both, whatever state they are in, and deletes their data. */
  readonly stop: () => Promise<void>;
};

export type RestartableRequest = {
  readonly cacheDirectory: string;
  readonly say: Say;
  /** Beside the plain one, which is at `kafka.port`. */
  readonly listeners: readonly ProxiedListener[];
  /** Keeps the database in so many megabytes of memory, with every index; what it has ends with it. In a file without. */
  readonly databaseInMb?: number;
};

const nameOf = (index: number): string => `PROXIED${index}`;

/* What a broker has beside the usual when it is to be reached by way of proxies, and to come back soon. */
const proxiedBy =
  (proxied: readonly ProxiedListener[]) =>
  ({ listeners = '', 'advertised.listeners': advertised = '', ...usual }: BrokerSettings): BrokerSettings => {
    const names = ['PLAINTEXT', 'CONTROLLER', ...proxied.map((_, index) => nameOf(index))];
    const at = (portOf: (listener: ProxiedListener) => number): readonly string[] =>
      proxied.map((listener, index) => `${nameOf(index)}://127.0.0.1:${portOf(listener)}`);
    return {
      ...usual,
      listeners: [listeners, ...at(({ port }) => port)].join(','),
      'advertised.listeners': [advertised, ...at(({ advertisedPort }) => advertisedPort)].join(','),
      'listener.security.protocol.map': names.map((name) => `${name}:PLAINTEXT`).join(','),
      'inter.broker.listener.name': 'PLAINTEXT',
      'num.network.threads': 1,
      /* A broker that comes back is let in once its former self counts as gone. */
      'broker.heartbeat.interval.ms': 300,
      'broker.session.timeout.ms': 1_500,
    };
  };

const part = async (request: JvmRequest & { readonly port: number }): Promise<RestartablePart> => {
  let jvm = await startJvm(request);
  return {
    name: request.name,
    port: request.port,
    logFile: request.logFile,
    pid: () => jvm.pid,
    signal: (signal) => jvm.signal(signal),
    start: async () => {
      await jvm.stop();
      jvm = await startJvm(request);
    },
  };
};

const startMongo = async ({ jars, work }: Place, inMb: number | undefined): Promise<RestartablePart> => {
  const port = await freePort();
  const kept = inMb === undefined ? { heapMb: 512, dataFile: join(work, 'mongo.h2') } : { heapMb: inMb };
  return part({
    ...(await mongoServer({ jars, port, logFile: join(work, 'mongo.log'), ...kept })),
    port,
  });
};

const end = async ({ signal }: RestartablePart): Promise<void> => signal('SIGKILL');

/**
 * Both parts as Java processes with their data in files. Needs Java and Maven, whatever the environment names: what is
 * broken here is nobody else's. Throws PartsUnavailable without them.
 */
export const restartableParts = async (request: RestartableRequest): Promise<RestartableParts> => {
  const missing = missingPrograms();
  if (missing.length > 0) throw new PartsUnavailable(`${missing.join(' and ')} cannot be found.`);
  const directory = resolve(request.cacheDirectory);
  const jars = await fetchJars(directory, request.say);
  if (sweepOrphans(directory) > 0) request.say('ended the servers of a run that was killed');
  const work = await mkdtemp(join(tmpdir(), 'stopcovid-restartable-'));
  request.say(`starting Kafka 4.3.1 and a MongoDB-protocol server in ${work}`);
  const starting = [
    setUpBroker({ jars, work }, proxiedBy(request.listeners)).then(part),
    startMongo({ jars, work }, request.databaseInMb),
  ] as const;
  const parts = await Promise.all(starting).catch(async (error: unknown) => {
    for (const started of await Promise.allSettled(starting))
      if (started.status === 'fulfilled') await end(started.value);
    throw error;
  });
  const [kafka, mongo] = parts;
  const remember = (): void =>
    rememberChildren(directory, [
      { pid: kafka.pid(), commandWord: 'kafka.Kafka' },
      { pid: mongo.pid(), commandWord: 'MongoProtocolServer' },
    ]);
  const remembered = (known: RestartablePart): RestartablePart => ({
    ...known,
    start: async () => {
      await known.start();
      remember();
    },
  });
  remember();
  return {
    kafka: remembered(kafka),
    mongo: remembered(mongo),
    loseKafka: async () => {
      await kafka.signal('SIGKILL');
      await emptyBroker({ jars, work });
    },
    stop: async () => {
      await Promise.all(parts.map(end));
      forgetChildren(directory);
      await rm(work, { recursive: true, force: true });
    },
  };
};
