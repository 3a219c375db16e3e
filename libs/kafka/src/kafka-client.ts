import type { Logger } from '@stopcovid/runtime';
import { Kafka, type logCreator, logLevel, type SASLOptions } from 'kafkajs';
import { patchCoordinator } from './coordinator-patch';
import { patchRequestQueue } from './request-queue-patch';

/** How to reach a Kafka cluster, and as whom. */
export type KafkaConnection = {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly ssl?: boolean;
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
};

/** What of kafkajs' own log entries may be kept: never a payload. */
const kept = [
  'groupId',
  'memberId',
  'broker',
  'clientId',
  'topic',
  'partition',
  'error',
  'retryCount',
  'retryTime',
];

const bridge =
  (logger: Logger | undefined): logCreator =>
  () =>
  ({ level, log }) => {
    const about = Object.fromEntries(
      kept.filter((name) => name in log).map((name) => [name, String(log[name])]),
    );
    const entry = { ...about, context: 'kafkajs' };
    if (level === logLevel.ERROR || level === logLevel.WARN) logger?.warn(entry, log.message);
    else logger?.debug(entry, log.message);
  };

const saslOf = ({ sasl }: KafkaConnection): { sasl?: SASLOptions } => {
  if (!sasl) return {};
  const { mechanism, username, password } = sasl;
  switch (mechanism) {
    case 'plain':
      return { sasl: { mechanism, username, password } };
    case 'scram-sha-256':
      return { sasl: { mechanism, username, password } };
    case 'scram-sha-512':
      return { sasl: { mechanism, username, password } };
  }
};

/** A kafkajs client with our settings; the only place that makes one. */
export const kafkaClient = (connection: KafkaConnection, logger?: Logger): Kafka => {
  patchRequestQueue();
  patchCoordinator();
  return new Kafka({
    brokers: [...connection.brokers],
    clientId: connection.clientId,
    ssl: connection.ssl ?? false,
    ...saslOf(connection),
    connectionTimeout: 3_000,
    requestTimeout: 12_000,
    retry: { initialRetryTime: 100, maxRetryTime: 3_000, retries: 6 },
    logLevel: logLevel.INFO,
    logCreator: bridge(logger),
  });
};
