import { type Admin, KafkaJSNumberOfRetriesExceeded } from 'kafkajs';
import { kafkaFailures } from './failure-codes';
import { kafkaClient, type KafkaConnection } from './kafka-client';

/** No broker answers, or none lets us in. The message names the brokers and never a password. */
export class KafkaUnavailable extends Error {
  override readonly name = 'KafkaUnavailable';
  readonly code = 'KAFKA_UNAVAILABLE';
  readonly disposition = kafkaFailures.KAFKA_UNAVAILABLE;

  constructor(
    connection: KafkaConnection,
    override readonly cause: unknown,
  ) {
    const why = cause instanceof Error ? cause.message : 'unknown cause';
    super(`Kafka at ${connection.brokers.join(', ')} does not answer: ${why}`);
  }
}

/** A topic that the cluster does not have; nothing creates it on the way. */
export class TopicUnknown extends Error {
  override readonly name = 'TopicUnknown';

  constructor(readonly topic: string) {
    super(`there is no topic ${topic}`);
  }
}

/** What was thrown first: kafkajs and we ourselves wrap what it was. */
export const rootOf = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? rootOf(error.cause) : error;

const unreachable = /ConnectionError|ConnectionClosed|RequestTimeout|BrokerNotFound|NoBroker|SASL/;

/** What kafkajs threw, or KafkaUnavailable where that is what it means. */
export const toKafkaError = (connection: KafkaConnection, error: unknown): unknown => {
  const away =
    error instanceof KafkaJSNumberOfRetriesExceeded ||
    (error instanceof Error && unreachable.test(error.name));
  return away ? new KafkaUnavailable(connection, error) : error;
};

/** Works with the cluster's administration and disconnects. Throws KafkaUnavailable within seconds when it is away. */
export const withAdmin = async <T>(
  connection: KafkaConnection,
  work: (admin: Admin) => Promise<T>,
): Promise<T> => {
  const admin = kafkaClient(connection).admin({ retry: { initialRetryTime: 100, retries: 3 } });
  try {
    await admin.connect();
    return await work(admin);
  } catch (error) {
    throw toKafkaError(connection, error);
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
};
