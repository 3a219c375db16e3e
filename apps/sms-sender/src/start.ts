import { topics } from '@stopcovid/contracts';
import {
  inMemoryCheckpointStore,
  inMemoryTransport,
  kafkaTransport,
  type AskReread,
  type BatchTransport,
  type InMemoryLog,
} from '@stopcovid/kafka';
import { connectMongo, mongoCheckpoints, serviceConnection, type MongoLogger } from '@stopcovid/mongo';
import { inMemoryWaitingPhones, mongoWaitingPhones } from '@stopcovid/projections';
import {
  answerMeanwhile,
  bootstrapApp,
  createRuntime,
  pause,
  type RunningApp,
  type Runtime,
} from '@stopcovid/runtime';
import { carrierGateway } from './carrier/carrier-gateway';
import type { SenderConfig, SenderSettings } from './config';
import { mongoOutboxStore } from './store/mongo-outbox-store';
import { inMemoryOutboxStore } from './store/in-memory-outbox-store';
import { copyInTime, copySource, type CopySource } from './copy-source';
import type { SenderParts } from './sender-parts';
import { senderHttp, SmsSenderModule } from './sms-sender.module';
import { tellSpoiltWaiting } from './signals';
import { StoreWatch } from './store/store-watch';
import { EVENTS_TRANSPORT, STATUS_TRANSPORT } from './intake/transports';

const service = 'sms-sender';

const anewMs = 10_000;

/* Nobody waits for what the carrier reports, and a slice of one report costs about as much as a slice of many. */
const gatherStatusesMs = 500;

/** Over a connection of its own. */
const answersAnew = async (config: SenderConfig, logger: MongoLogger): Promise<boolean> => {
  try {
    const connection = await connectMongo({
      url: config.MONGODB_URL.reveal(),
      appName: `${service}-check`,
      logger,
      until: AbortSignal.timeout(anewMs),
    });
    await connection.close();
    return true;
  } catch {
    return false;
  }
};

/** What the sender is made of: its ways to the topics, and the world around it. */
type World = {
  readonly transport: BatchTransport;
  /** The statuses': another group, so that neither topic waits for the other. */
  readonly statusTransport: BatchTransport;
  readonly parts: Omit<SenderParts, 'partitions' | 'joins'>;
  /** Our own sentences, where they were read already; else those of the configuration, which must be usable. */
  readonly own?: CopySource;
};

/** The sender over Kafka, MongoDB and Twilio, as a service. Waits until MongoDB answers. */
export const startSmsSender = async (
  config: SenderConfig,
  runtime: Runtime = createRuntime(service, config),
): Promise<RunningApp> => {
  const world = await answerMeanwhile({ config, runtime }, () => realWorld(config, runtime));
  return startWith({ config, runtime, ...world });
};

/** Kafka, MongoDB and Twilio, reached; not served yet. */
const realWorld = async (config: SenderConfig, runtime: Runtime): Promise<World> => {
  const { logger, health } = runtime;
  const gateway = carrierGateway(config, runtime);
  const connection = await serviceConnection(config, runtime);
  const watch = new StoreWatch({ now: Date.now, pause, answersAnew: () => answersAnew(config, logger) });
  health.register('store', () => watch.check(), 'live');
  const store = watch.watched(await mongoOutboxStore(connection));
  const waiting = watch.watchedRecord(
    await mongoWaitingPhones(connection, 'sender_waiting_phones', tellSpoiltWaiting(runtime)),
  );
  const checkpoints = mongoCheckpoints(connection, { collection: 'sender_checkpoints' });
  const own = await copyInTime(config, runtime);
  const options = { marks: checkpoints };
  const transport = kafkaTransport({ runtime, config, group: config.KAFKA_GROUP, options });
  const statusTransport = kafkaTransport({
    runtime,
    config,
    group: `${config.KAFKA_GROUP}-status`,
    options: { gatherMs: gatherStatusesMs },
  });
  const { strategy, publisher } = transport;
  return {
    transport,
    statusTransport,
    own,
    parts: {
      publisher,
      store,
      waiting,
      checkpoints,
      gateway,
      share: () => strategy.shareOf(topics.dialogEvents).part,
      close: async () => {
        gateway.close();
        await connection.close();
      },
    },
  };
};

/** What the sender needs to run in somebody else's process: a log, a place for its routes, and a carrier. */
export type InMemorySmsSender = {
  readonly config: SenderSettings & Pick<SenderConfig, 'HOST' | 'PORT'>;
  readonly runtime: Runtime;
  readonly log: InMemoryLog;
  readonly parts: Pick<SenderParts, 'gateway'> & Partial<SenderParts>;
};

/** The sender over a log in memory: nothing survives a restart. */
export const startInMemorySmsSender = ({
  config,
  runtime,
  log,
  parts,
}: InMemorySmsSender): Promise<RunningApp> => {
  const transport = inMemoryTransport({ runtime, group: service, log });
  const statusTransport = inMemoryTransport({ runtime, group: `${service}-status`, log });
  const { publisher } = transport;
  return startWith({
    config,
    runtime,
    transport,
    statusTransport,
    parts: {
      publisher,
      store: inMemoryOutboxStore(),
      waiting: inMemoryWaitingPhones(),
      checkpoints: inMemoryCheckpointStore(),
      ...parts,
    },
  });
};

type Startable = Pick<InMemorySmsSender, 'config' | 'runtime'> & World;

/** The sender in this world. What was opened for it is closed again when it cannot start. */
export const startWith = async (setup: Startable): Promise<RunningApp> => {
  const { config, runtime, transport, statusTransport, parts } = setup;
  transport.strategy.setTransportId(EVENTS_TRANSPORT);
  statusTransport.strategy.setTransportId(STATUS_TRANSPORT);
  const partitions = (): readonly number[] => transport.strategy.clearOf(topics.dialogEvents);
  const joins = (): number => transport.strategy.joins;
  const rereadWhere = (ask: AskReread): void => transport.strategy.rereadWhere(topics.dialogEvents, ask);
  let { own } = setup;
  const close = async (): Promise<void> => {
    own?.close();
    await parts.close?.();
  };
  try {
    own ??= await copySource(config, runtime);
    return await bootstrapApp(
      SmsSenderModule.with({
        config,
        runtime,
        own,
        parts: { ...parts, partitions, joins, close },
        rereadWhere,
      }),
      {
        runtime,
        port: config.PORT,
        host: config.HOST,
        strategies: [transport.strategy, statusTransport.strategy],
        ...senderHttp,
      },
    );
  } catch (error) {
    await Promise.all([transport.publisher.close(), statusTransport.publisher.close()]);
    await close();
    throw error;
  }
};
