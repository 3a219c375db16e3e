import type { Why } from '@stopcovid/runtime';
import {
  KafkaJSConnectionError,
  KafkaJSProtocolError,
  KafkaJSRequestTimeoutError,
  KafkaJSSASLAuthenticationError,
} from 'kafkajs';
import type { KafkaConnection } from './kafka-client';
import { OtherEnvironment } from './topics-gate';
import { rootOf } from './with-admin';

/** How long is waited between two tries to reach Kafka, in milliseconds. */
export const kafkaBackoff = { firstMs: 200, maxMs: 5_000 };

type Place = { readonly brokers: readonly string[]; readonly topics: readonly string[] };

const ofConnection = (error: KafkaJSConnectionError, { brokers }: Place): string => {
  const at = `${brokers.join(',')} (KAFKA_BROKERS)`;
  const { broker, message } = error;
  if (!brokers.includes(broker))
    return (
      `a broker answers at ${at} and names ${broker}, which cannot be reached from here: ${message}; ` +
      'set its advertised.listeners, or KAFKA_BROKERS to the listener that is meant for us'
    );
  if (error.name === 'KafkaJSConnectionClosedError')
    return `what listens at ${at} breaks off the connection: set the port right, or KAFKA_SSL as its listener has it`;
  return `no broker answers at ${at}: ${message}; set KAFKA_BROKERS and KAFKA_SSL right, or start Kafka`;
};

const ofProtocol = ({ type, message }: KafkaJSProtocolError, { brokers, topics }: Place): string => {
  const at = brokers.join(',');
  if (type === 'UNKNOWN_TOPIC_OR_PARTITION')
    return `Kafka at ${at} lacks a topic of ${topics.join(', ')}: dialog topics create makes what is missing`;
  if (type.endsWith('AUTHORIZATION_FAILED'))
    return `the user at Kafka (KAFKA_SASL_USERNAME) may not do what is needed: ${message} (${type}); give it the right`;
  return `Kafka at ${at} (KAFKA_BROKERS) is not ready for us: ${message}`;
};

const reasonOf = (error: unknown, place: Place): string => {
  const at = `${place.brokers.join(',')} (KAFKA_BROKERS)`;
  if (error instanceof KafkaJSSASLAuthenticationError)
    return (
      `Kafka at ${at} refuses the login: ` +
      'set KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD right'
    );
  if (error instanceof KafkaJSConnectionError) return ofConnection(error, place);
  if (error instanceof KafkaJSProtocolError) return ofProtocol(error, place);
  if (error instanceof KafkaJSRequestTimeoutError)
    return `Kafka at ${at} takes a connection and does not answer: set the port right, and KAFKA_SSL as its listener has it`;
  return `Kafka at ${at} cannot be used: ${error instanceof Error ? error.message : 'unknown cause'}`;
};

/** What readiness says before the first try has ended. */
export const notReachedYet = ({ brokers }: Pick<KafkaConnection, 'brokers'>): string =>
  `Kafka at ${brokers.join(',')} (KAFKA_BROKERS) has not answered yet`;

/** Why a service has not joined its group, or may not publish: in words that name the settings and the remedy. */
export const whyNotReached = (
  error: unknown,
  { brokers }: Pick<KafkaConnection, 'brokers'>,
  topics: readonly string[] = [],
): Why => {
  const root = rootOf(error);
  if (root instanceof OtherEnvironment)
    return {
      message: 'the topics are not ours',
      reason: root.message,
      about: { alarm: 'other-environment' },
    };
  return {
    message: 'Kafka cannot be used yet',
    reason: reasonOf(root, { brokers, topics }),
    about: { err: error },
  };
};
