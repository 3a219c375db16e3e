import { topics } from '@stopcovid/contracts';
import { kafkaTransport } from '@stopcovid/kafka';
import { connectMongo, mongoHealth, type MongoLogger } from '@stopcovid/mongo';
import { bootstrapApp, createRuntime, pause, type RunningApp } from '@stopcovid/runtime';
import { carrierGateway } from './carrier/carrier-gateway';
import type { SenderConfig } from './config';
import { mongoOutboxStore } from './store/mongo-outbox-store';
import { senderHttp, SmsSenderModule } from './sms-sender.module';
import { StoreWatch } from './store/store-watch';
import { EVENTS_TRANSPORT, STATUS_TRANSPORT } from './intake/transports';

const service = 'sms-sender';

const anewMs = 10_000;

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

/** Starts the service on Kafka, MongoDB and Twilio. Waits until MongoDB answers; closes everything it opened. */
export const startSmsSender = async (config: SenderConfig): Promise<RunningApp> => {
  const runtime = createRuntime(service, config);
  const gateway = carrierGateway(config, runtime);
  const connection = await connectMongo({
    url: config.MONGODB_URL.reveal(),
    appName: service,
    logger: runtime.logger,
  });
  runtime.health.register('mongodb', mongoHealth(connection), 'ready');
  const watch = new StoreWatch({
    now: Date.now,
    pause,
    answersAnew: () => answersAnew(config, runtime.logger),
  });
  runtime.health.register('store', () => watch.check(), 'live');
  const store = watch.watched(await mongoOutboxStore(connection));
  const { strategy, publisher } = kafkaTransport({ runtime, config, group: config.KAFKA_GROUP });
  const statuses = kafkaTransport({ runtime, config, group: `${config.KAFKA_GROUP}-status` }).strategy;
  strategy.transportId = EVENTS_TRANSPORT;
  statuses.transportId = STATUS_TRANSPORT;
  const module = SmsSenderModule.with(config, {
    runtime,
    publisher,
    store,
    gateway,
    partitions: () => strategy.shareOf(topics.dialogEvents).partitions,
    share: () => strategy.shareOf(topics.dialogEvents).part,
  });
  const app = await bootstrapApp(module, {
    runtime,
    port: config.PORT,
    host: config.HOST,
    strategies: [strategy, statuses],
    ...senderHttp,
  });
  const close = async (): Promise<void> => {
    await app.close();
    gateway.close();
    await connection.close();
  };
  return { ...app, close };
};
