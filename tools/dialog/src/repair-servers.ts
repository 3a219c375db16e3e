import { connectionOf, KafkaServiceConfig, KafkaUnavailable, type KafkaConnection } from '@stopcovid/kafka';
import { isMongoOutage } from '@stopcovid/mongo';
import { ConfigError, loadConfig } from '@stopcovid/runtime';
import { UnavailableError, UsageError } from './exit';
import { withMongo } from './mongo';

type MongoConnection = Parameters<Parameters<typeof withMongo>[1]>[0];

/** The option that names the brokers. */
export const kafkaOption = [
  '--kafka <brokers>',
  'host:port with commas between (default: KAFKA_BROKERS)',
] as const;

/** Which servers are meant. */
export type ServerFlags = { readonly mongodb?: string; readonly kafka?: string };

/** Kafka and MongoDB, as a subcommand works on both. */
export type Servers = { readonly mongo: MongoConnection; readonly kafka: KafkaConnection };

/** The connection that the option and the environment describe. Throws what is missing or wrong. */
const kafkaFrom = (brokers: string | undefined, environment: NodeJS.ProcessEnv): KafkaConnection => {
  const named = brokers ?? environment['KAFKA_BROKERS'];
  if (!named)
    throw new UsageError('Which Kafka? Give --kafka or set KAFKA_BROKERS, for example 127.0.0.1:9092');
  try {
    return connectionOf(loadConfig(KafkaServiceConfig, { ...environment, KAFKA_BROKERS: named }), 'dialog');
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message);
    throw error;
  }
};

/** The error that says which server is away, where that is what happened. */
const toUnavailable = (error: unknown): unknown => {
  if (error instanceof KafkaUnavailable) return new UnavailableError(error.message);
  if (isMongoOutage(error)) return new UnavailableError(`MongoDB does not answer: ${error.message}`);
  return error;
};

/** Runs a subcommand on Kafka and the database. Throws UsageError and UnavailableError beside what it throws. */
export const withServers = async <T>(
  flags: ServerFlags,
  environment: NodeJS.ProcessEnv,
  use: (servers: Servers) => Promise<T>,
): Promise<T> => {
  const kafka = kafkaFrom(flags.kafka, environment);
  try {
    return await withMongo(flags.mongodb ?? environment['MONGODB_URL'], (mongo) => use({ mongo, kafka }));
  } catch (error) {
    throw toUnavailable(error);
  }
};
