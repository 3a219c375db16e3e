import { randomUUID } from 'node:crypto';
import { createTopics, readTopic, type KafkaConnection, type LogRecord } from '@stopcovid/kafka';
import { testDatabase } from '@stopcovid/mongo';
import { run } from './terminal.testkit';

/** The brokers of KAFKA_BROKERS. Throws when the variable is not set. */
export const kafkaForSpecs = (): KafkaConnection => {
  const brokers = process.env['KAFKA_BROKERS'];
  if (!brokers) throw new Error('KAFKA_BROKERS is not set: this spec needs a real Kafka, host:port');
  return { brokers: brokers.split(','), clientId: 'dialog-spec' };
};

/** A topic of its own with its dead letters. */
export const topicForSpecs = async (kafka: KafkaConnection, partitions: number): Promise<string> => {
  const topic = `cli-${randomUUID()}`;
  const plans = [topic, `${topic}.dead`].map((name) => ({ topic: name, partitions, retentionMs: -1 }));
  await createTopics(kafka, plans);
  return topic;
};

/** All that a topic holds now. */
export const recordsOf = async (kafka: KafkaConnection, topic: string): Promise<readonly LogRecord[]> => {
  const found: LogRecord[] = [];
  await readTopic(kafka, { topic }, (records) => void found.push(...records));
  return found;
};

/** A command line on a database of its own, which is the environment `spec`, and on the shared Kafka. */
export const commandLine = async (kafka: KafkaConnection) => {
  const { url } = testDatabase();
  const environment = {
    MONGODB_URL: url,
    KAFKA_BROKERS: kafka.brokers.join(','),
    DIALOG_ENVIRONMENT: 'spec',
  };
  const named = await run(['environment', 'set', 'spec'], [], environment);
  if (named.exit !== 0) throw new Error(named.err.join('\n'));
  return {
    url,
    dialog: (...args: string[]) => run(args, [], environment),
    asked: (answer: string, ...args: string[]) => run(args, [answer], environment, { interactive: true }),
    withEnvironment: (changes: NodeJS.ProcessEnv, ...args: string[]) =>
      run(args, [], { ...environment, ...changes }),
  };
};
