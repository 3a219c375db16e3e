import { GenericContainer, getContainerRuntimeClient, Wait, type StartedTestContainer } from 'testcontainers';
import { freePort } from '@stopcovid/runtime';
import type { Parts, Say } from './parts';

const kafkaImage = 'apache/kafka:4.1.0';
const mongoImage = 'mongo:8';

/** Whether a container engine answers; testcontainers knows the usual places to ask. */
export const dockerAnswers = async (): Promise<boolean> => {
  try {
    await getContainerRuntimeClient();
    return true;
  } catch {
    return false;
  }
};

/** The broker must tell clients its address, so the host's port is chosen before it starts. */
const startKafka = async (): Promise<{ container: StartedTestContainer; address: string }> => {
  const port = await freePort();
  const container = await new GenericContainer(kafkaImage)
    .withExposedPorts({ container: 9092, host: port })
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_LISTENERS: 'PLAINTEXT://0.0.0.0:9092,CONTROLLER://0.0.0.0:9093',
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
    })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start();
  return { container, address: `127.0.0.1:${port}` };
};

const startMongo = (): Promise<StartedTestContainer> =>
  new GenericContainer(mongoImage)
    .withExposedPorts(27017)
    .withWaitStrategy(Wait.forLogMessage(/Waiting for connections/))
    .start();

/** Both parts in containers. */
export const dockerParts = async (say: Say): Promise<Parts> => {
  say(`starting ${kafkaImage} and ${mongoImage} in Docker`);
  const [kafka, mongo] = await Promise.all([startKafka(), startMongo()]);
  return {
    kafkaBrokers: kafka.address,
    mongodbUrl: `mongodb://${mongo.getHost()}:${mongo.getMappedPort(27017)}`,
    source: 'docker',
    stop: async () => {
      await Promise.all([kafka.container.stop(), mongo.stop()]);
    },
  };
};
