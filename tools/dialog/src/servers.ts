import {
  clusterIdOf,
  connectionOf,
  KafkaServiceConfig,
  KafkaUnavailable,
  markedEnvironments,
  type KafkaConnection,
} from '@stopcovid/kafka';
import { isMongoOutage, serverOf } from '@stopcovid/mongo';
import { ConfigError, loadConfig } from '@stopcovid/runtime';
import type { Command } from 'commander';
import { judgeEnvironment, type EnvironmentMarker } from './environment-guard';
import { readMarker } from './environment-marker';
import { UnavailableError, UsageError } from './exit';
import { withMongo, type MongoConnection } from './mongo';
import type { Surroundings } from './surroundings';

/** Which servers are meant, and which environment they should be. */
export type ServerFlags = {
  readonly environment?: string;
  readonly mongodb?: string;
  readonly brokers?: string;
};

export type Servers = {
  readonly mongo: MongoConnection;
  readonly kafka: KafkaConnection;
  /** To which both belong; undefined where the database does not say. */
  readonly environment?: string;
};

/** What a subcommand is about to do. */
export type Errand = { readonly flags: ServerFlags; readonly changes: boolean };

const environmentOption = [
  '--environment <name>',
  'the environment that is meant; any other is refused (default: DIALOG_ENVIRONMENT)',
] as const;
const mongoOption = ['--mongodb <url>', 'database (default: MONGODB_URL)'] as const;
const brokersOption = [
  '--brokers <list>',
  'Kafka, host:port with commas between (default: KAFKA_BROKERS; KAFKA_SSL and KAFKA_SASL_… as in the services)',
] as const;

/** The options of a subcommand that works on the database alone. */
export const withMongoOptions = (command: Command): Command =>
  command.option(...environmentOption).option(...mongoOption);

/** The options of a subcommand that works on Kafka and the database. */
export const withServerOptions = (command: Command): Command =>
  withMongoOptions(command).option(...brokersOption);

/** The connection that the option and the environment describe. Throws UsageError with what is missing or wrong. */
export const kafkaFrom = (brokers: string | undefined, environment: NodeJS.ProcessEnv): KafkaConnection => {
  const named = brokers ?? environment['KAFKA_BROKERS'];
  if (!named)
    throw new UsageError('Which Kafka? Give --brokers or set KAFKA_BROKERS, for example 127.0.0.1:9092');
  const own = Object.fromEntries(Object.entries(environment).filter(([name]) => name.startsWith('KAFKA_')));
  try {
    return connectionOf(loadConfig(KafkaServiceConfig, { ...own, KAFKA_BROKERS: named }), 'dialog');
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.problems.join('\n'));
    throw error;
  }
};

const mongoUrlOf = ({ mongodb }: ServerFlags, { environment }: Surroundings): string | undefined =>
  mongodb ?? environment['MONGODB_URL'];

type Whereabouts = {
  readonly marker: EnvironmentMarker | undefined;
  readonly clusterId: string | undefined;
  readonly owners: readonly string[];
  /** Host and database, brokers; without a password. */
  readonly servers: readonly string[];
};

/** Says where we are on standard error, or throws why nothing may be done here. */
const guard = (
  { marker, clusterId, owners, servers }: Whereabouts,
  errand: Errand,
  around: Surroundings,
): void => {
  const named = errand.flags.environment ?? (around.environment['DIALOG_ENVIRONMENT'] || undefined);
  const judged = judgeEnvironment({ named, marker, clusterId, owners, changes: errand.changes });
  switch (judged.kind) {
    case 'refuse':
      throw new UsageError(`${judged.reason} (${servers.join(', ')})`);
    case 'go':
      around.terminal.err(`environment ${judged.environment}: ${servers.join(', ')}`);
      if (judged.warning !== undefined) around.terminal.err(`warning: ${judged.warning}`);
  }
};

const toUnavailable = (error: unknown): unknown => {
  if (error instanceof KafkaUnavailable) return new UnavailableError(error.message);
  if (isMongoOutage(error)) return new UnavailableError(`MongoDB does not answer: ${error.message}`);
  return error;
};

const brokersOf = ({ brokers }: KafkaConnection): string => `Kafka ${brokers.join(',')}`;

/** Runs a subcommand on the database, once it is sure of the environment. */
export const onMongo = async <T>(
  errand: Errand,
  around: Surroundings,
  use: (mongo: MongoConnection) => Promise<T>,
): Promise<T> => {
  const url = mongoUrlOf(errand.flags, around);
  try {
    return await withMongo(url, async (mongo) => {
      const servers = [serverOf(url ?? '')];
      guard({ marker: await readMarker(mongo), clusterId: undefined, owners: [], servers }, errand, around);
      return use(mongo);
    });
  } catch (error) {
    throw toUnavailable(error);
  }
};

/** Runs a subcommand on Kafka and the database, once it is sure that both belong to the environment. */
export const onServers = async <T>(
  errand: Errand,
  around: Surroundings,
  use: (servers: Servers) => Promise<T>,
): Promise<T> => {
  const kafka = kafkaFrom(errand.flags.brokers, around.environment);
  const url = mongoUrlOf(errand.flags, around);
  try {
    return await withMongo(url, async (mongo) => {
      const [marker, clusterId, owners] = await Promise.all([
        readMarker(mongo),
        clusterIdOf(kafka),
        markedEnvironments(kafka, around.markPrefix),
      ]);
      guard({ marker, clusterId, owners, servers: [serverOf(url ?? ''), brokersOf(kafka)] }, errand, around);
      return use({ mongo, kafka, ...(marker && { environment: marker.name }) });
    });
  } catch (error) {
    throw toUnavailable(error);
  }
};

/**
 * Runs a subcommand that only looks at Kafka. Without a database nobody can tell which environment it is: that is said,
 * and refused where an environment was named.
 */
export const onKafka = async <T>(
  flags: ServerFlags,
  around: Surroundings,
  use: (servers: Pick<Servers, 'kafka'> & Partial<Servers>) => Promise<T>,
): Promise<T> => {
  if (mongoUrlOf(flags, around)) return onServers({ flags, changes: false }, around, use);
  const kafka = kafkaFrom(flags.brokers, around.environment);
  const named = flags.environment ?? (around.environment['DIALOG_ENVIRONMENT'] || undefined);
  if (named !== undefined)
    throw new UsageError(`Is this ${named}? Only its database can tell: give --mongodb or set MONGODB_URL`);
  around.terminal.err(`environment not known, for want of --mongodb: ${brokersOf(kafka)}`);
  try {
    return await use({ kafka });
  } catch (error) {
    throw toUnavailable(error);
  }
};
