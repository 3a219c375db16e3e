import { dockerAnswers, dockerParts } from './docker';
import { missingPrograms, nativeParts } from './native';
import { PartsUnavailable, type Parts, type Say } from './parts';

/** What `startParts` may look at: the environment's addresses and the folder that keeps downloaded jars. */
export type PartsRequest = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Jars are downloaded here once and used again. */
  readonly cacheDirectory: string;
  readonly say: Say;
  /** For the database server where it is a Java process: its data is in memory. 512 by default. */
  readonly databaseHeapMb?: number;
};

const fromEnvironment = ({ environment, say }: PartsRequest): Parts | undefined => {
  const kafkaBrokers = environment['KAFKA_BROKERS'];
  const mongodbUrl = environment['MONGODB_URL'];
  if (!kafkaBrokers && !mongodbUrl) return undefined;
  if (!kafkaBrokers || !mongodbUrl) {
    throw new PartsUnavailable('Set both KAFKA_BROKERS and MONGODB_URL, or neither.');
  }
  say(`Kafka at ${kafkaBrokers} and MongoDB, as the environment says`);
  return { kafkaBrokers, mongodbUrl, source: 'environment', stop: () => Promise.resolve() };
};

/**
 * Real parts, from the first of these that can give them: the environment's addresses, a Docker engine, Java with
 * Maven. Never silently something else.
 */
export const startParts = async (request: PartsRequest): Promise<Parts> => {
  const given = fromEnvironment(request);
  if (given) return given;
  if (await dockerAnswers()) return dockerParts(request.say);
  const missing = missingPrograms();
  if (missing.length > 0) {
    throw new PartsUnavailable(
      `No Docker engine answers, and ${missing.join(' and ')} cannot be found.\n` +
        'Start Docker, or install Java 17 and Maven (Debian, Ubuntu: apt-get install openjdk-17-jdk-headless maven),\n' +
        'or set KAFKA_BROKERS and MONGODB_URL to servers that you run.',
    );
  }
  return nativeParts(request);
};
