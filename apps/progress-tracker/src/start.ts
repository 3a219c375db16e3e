import { inMemoryTransport, kafkaTransport, type BatchTransport, type InMemoryLog } from '@stopcovid/kafka';
import { connectMongo, mongoHealth } from '@stopcovid/mongo';
import { bootstrapApp, createRuntime, type RunningApp, type Runtime } from '@stopcovid/runtime';
import { setUpApi } from './api/set-up-api';
import type { ProgressTrackerConfig } from './config';
import {
  ProgressTrackerModule,
  type ProgressTrackerParts,
  type ProgressTrackerSettings,
} from './progress-tracker.module';
import { inMemoryProgressStore } from './progress/in-memory-progress-store';
import { mongoProgressStore } from './progress/mongo-progress-store';
import type { ProgressStore } from './progress/progress-store';

const service = 'progress-tracker';

/** What an app is made of: its way to the topics, and the world around it. */
type World = { readonly transport: BatchTransport; readonly parts: ProgressTrackerParts };

/** Kafka and MongoDB, reached; not served yet. */
export const realWorld = async (config: ProgressTrackerConfig, runtime: Runtime): Promise<World> => {
  const { store, close } = await mongoStore(config, runtime);
  const transport = kafkaTransport({ runtime, group: config.KAFKA_GROUP, config });
  return { transport, parts: { store, publisher: transport.publisher, close } };
};

/** The tracker over Kafka and MongoDB, as a service. */
export const startProgressTracker = async (
  config: ProgressTrackerConfig,
  runtime: Runtime = createRuntime(service, config),
): Promise<RunningApp> => startWith({ config, runtime, ...(await realWorld(config, runtime)) });

/** What the tracker needs to run in somebody else's process: a log, and a place for its routes. */
export type InMemoryProgressTracker = {
  readonly config: ProgressTrackerSettings & Pick<ProgressTrackerConfig, 'HOST' | 'PORT'>;
  readonly runtime: Runtime;
  readonly log: InMemoryLog;
  readonly store?: ProgressStore;
};

/** The tracker over a log in memory: nothing survives a restart. */
export const startInMemoryProgressTracker = ({
  config,
  runtime,
  log,
  store = inMemoryProgressStore(),
}: InMemoryProgressTracker): Promise<RunningApp> => {
  const transport = inMemoryTransport({ runtime, group: service, log });
  const { publisher } = transport;
  return startWith({
    config,
    runtime,
    transport,
    parts: { store, publisher, close: () => publisher.close() },
  });
};

type Startable = Pick<InMemoryProgressTracker, 'config' | 'runtime'> & World;

/** The tracker in this world. What was opened for it is closed again when it cannot start. */
export const startWith = async ({ config, runtime, transport, parts }: Startable): Promise<RunningApp> => {
  try {
    return await bootstrapApp(ProgressTrackerModule.with({ config, runtime, parts }), {
      runtime,
      port: config.PORT,
      host: config.HOST,
      strategies: [transport.strategy],
      configure: setUpApi,
    });
  } catch (error) {
    await transport.publisher.close();
    await parts.close();
    throw error;
  }
};

const mongoStore = async (
  config: ProgressTrackerConfig,
  { logger, health }: Runtime,
): Promise<Pick<ProgressTrackerParts, 'store' | 'close'>> => {
  const connection = await connectMongo({ url: config.MONGODB_URL.reveal(), appName: service, logger });
  health.register('mongodb', mongoHealth(connection), 'ready');
  return { store: await mongoProgressStore(connection), close: () => connection.close() };
};
