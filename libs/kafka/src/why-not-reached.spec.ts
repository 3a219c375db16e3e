import {
  KafkaJSConnectionError,
  KafkaJSNumberOfRetriesExceeded,
  KafkaJSProtocolError,
  KafkaJSRequestTimeoutError,
  KafkaJSSASLAuthenticationError,
} from 'kafkajs';
import { OtherEnvironment } from './topics-gate';
import { whyNotReached } from './why-not-reached';
import { KafkaUnavailable } from './with-admin';

const connection = { brokers: ['kafka-0:9092', 'kafka-1:9092'], clientId: 'spec' };

/* Its type lacks what it takes. */
const LoginRefused = KafkaJSSASLAuthenticationError as new (why: string) => Error;

const lost = (broker: string, message = `connect ECONNREFUSED ${broker}`): KafkaJSConnectionError =>
  new KafkaJSConnectionError(message, { broker });
const answered = (type: string): KafkaJSProtocolError =>
  new KafkaJSProtocolError(Object.assign(new Error('the broker says no'), { type, code: 1 }));
const closed = Object.assign(lost('kafka-0:9092', 'Closed connection'), {
  name: 'KafkaJSConnectionClosedError',
});

describe('why Kafka cannot be used yet', () => {
  it.each([
    [
      'nobody listens',
      lost('kafka-0:9092'),
      /^no broker answers at kafka-0:9092,kafka-1:9092 \(KAFKA_BROKERS\).+set KAFKA_BROKERS/,
    ],
    [
      'a broker names an address that is not ours to reach',
      lost('kafka.internal:9094', 'getaddrinfo ENOTFOUND kafka.internal'),
      /names kafka\.internal:9094, which cannot be reached from here: .+advertised\.listeners, or KAFKA_BROKERS/,
    ],
    ['the connection breaks off', closed, /breaks off the connection: .+ KAFKA_SSL/],
    [
      'nothing is answered',
      new KafkaJSRequestTimeoutError('Request Metadata timed out'),
      /does not answer: .+ KAFKA_SSL/,
    ],
    [
      'the login is refused',
      new LoginRefused('SASL PLAIN authentication failed'),
      /KAFKA_BROKERS\) refuses the login: set KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD right$/,
    ],
    [
      'a topic is missing',
      answered('UNKNOWN_TOPIC_OR_PARTITION'),
      /lacks a topic of texts, calls: dialog topics create/,
    ],
    [
      'the user may not',
      answered('GROUP_AUTHORIZATION_FAILED'),
      /\(KAFKA_SASL_USERNAME\) may not .+ give it the right/,
    ],
    ['something else is the matter', answered('NOT_CONTROLLER'), /KAFKA_BROKERS\) is not ready for us/],
    ['nobody knows', new Error('what?'), /KAFKA_BROKERS\) cannot be used: what\?$/],
  ])('is told with settings and remedy when %s, however it is wrapped', (_what, error, told) => {
    const tried = new KafkaJSNumberOfRetriesExceeded(error, { retryCount: 3, retryTime: 100 });
    const { brokers } = connection;
    for (const thrown of [error, Object.assign(tried, { cause: error })])
      for (const each of [thrown, new KafkaUnavailable(connection, thrown)])
        expect(whyNotReached(each, { brokers }, ['texts', 'calls'])).toEqual({
          message: 'Kafka cannot be used yet',
          reason: expect.stringMatching(told) as string,
          about: { err: each },
        });
  });

  it('is an alarm when the topics belong to somebody else', () => {
    expect(whyNotReached(new OtherEnvironment('not ours'), connection)).toEqual({
      message: 'the topics are not ours',
      reason: 'not ours',
      about: { alarm: 'other-environment' },
    });
  });
});
