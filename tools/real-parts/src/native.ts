import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startJvm, type Jvm } from './jvm';
import { setUpBroker, type Place } from './kafka-broker';
import { mongoServer, nativeFiles } from './mongo-server';
import { forgetChildren, rememberChildren, sweepOrphans } from './orphans';
import type { Parts, Say } from './parts';
import { freePort } from '@stopcovid/runtime';

const run = promisify(execFile);

/** Which of the programs that the native parts need are not on PATH. */
export const missingPrograms = (): readonly string[] =>
  ['java', 'mvn'].filter((program) => spawnSync(program, ['-version'], { stdio: 'ignore' }).status !== 0);

/** Downloads the jars once. They are moved into place whole, so a download that was cut off is done again. */
export const fetchJars = async (cacheDirectory: string, say: Say): Promise<string> => {
  const pom = join(nativeFiles, 'pom.xml');
  const jars = join(cacheDirectory, 'jars');
  const stamp = join(jars, 'pom.xml');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === (await readFile(pom, 'utf8'))) return jars;
  say('downloading Kafka and a MongoDB-protocol server (about 50 MB, once)');
  await mkdir(cacheDirectory, { recursive: true });
  const partial = await mkdtemp(join(cacheDirectory, 'jars-'));
  await run('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`], {
    maxBuffer: 16 * 1_024 * 1_024,
  });
  await cp(pom, join(partial, 'pom.xml'));
  await rm(jars, { recursive: true, force: true });
  await rename(partial, jars);
  return jars;
};

type Started = { readonly jvm: Jvm; readonly port: number };

const startKafka = async (place: Place): Promise<Started> => {
  const { port, ...request } = await setUpBroker(place);
  return { jvm: await startJvm(request), port };
};

const startMongo = async (jars: string, work: string, heapMb: number): Promise<Started> => {
  const port = await freePort();
  const logFile = join(work, 'mongo.log');
  const jvm = await startJvm(await mongoServer({ jars, port, heapMb, logFile }));
  return { jvm, port };
};

const bothOrNeither = async (
  kafka: Promise<Started>,
  mongo: Promise<Started>,
): Promise<[Started, Started]> => {
  try {
    return await Promise.all([kafka, mongo]);
  } catch (error) {
    const started = await Promise.allSettled([kafka, mongo]);
    await Promise.all(
      started.map((part) => (part.status === 'fulfilled' ? part.value.jvm.stop() : undefined)),
    );
    throw error;
  }
};

/** Both parts as Java processes of this machine, on free loopback ports, with data that goes when they stop. */
export const nativeParts = async (request: {
  readonly cacheDirectory: string;
  readonly say: Say;
  readonly databaseHeapMb?: number;
}): Promise<Parts> => {
  const jars = await fetchJars(resolve(request.cacheDirectory), request.say);
  if (sweepOrphans(request.cacheDirectory) > 0) request.say('ended the servers of a run that was killed');
  const work = await mkdtemp(join(tmpdir(), 'stopcovid-parts-'));
  request.say('starting Kafka 4.3.1 and a MongoDB-protocol server');
  const [kafka, mongo] = await bothOrNeither(
    startKafka({ jars, work }),
    startMongo(jars, work, request.databaseHeapMb ?? 512),
  );
  rememberChildren(request.cacheDirectory, [
    { pid: kafka.jvm.pid, commandWord: 'kafka.Kafka' },
    { pid: mongo.jvm.pid, commandWord: 'MongoProtocolServer' },
  ]);
  return {
    kafkaBrokers: `127.0.0.1:${kafka.port}`,
    mongodbUrl: `mongodb://127.0.0.1:${mongo.port}`,
    source: 'native',
    pids: { kafka: kafka.jvm.pid, mongo: mongo.jvm.pid },
    stop: async () => {
      await Promise.all([kafka.jvm.stop(), mongo.jvm.stop()]);
      forgetChildren(request.cacheDirectory);
      await rm(work, { recursive: true, force: true });
    },
  };
};
