import { kafkaPublisher, type KafkaConnection } from '@stopcovid/kafka';
import { connectMongo } from '@stopcovid/mongo';
import {
  Clock,
  DatabaseTime,
  mongoBroadcasts,
  mongoPhoneSchedules,
  mongoProgressStore,
  mongoSchedules,
} from '@stopcovid/progress-tracker';
import { pause } from '@stopcovid/runtime';
import { partsOf } from './clock-setting';

/** What a clock in a process of its own is told. */
export type ClockOrder = {
  readonly mongodbUrl: string;
  readonly kafka: KafkaConnection;
  readonly topic: string;
  readonly spreadMinutes: number;
  /** What time it is for the clock as it starts. */
  readonly startsAt: number;
};

/** What it tells after each look; `lateMs` of each command, until it was on the topic and on record. */
export type Looked = { readonly phones: number; readonly lost: number; readonly lateMs: readonly number[] };

const serve = async ({ mongodbUrl, kafka, topic, spreadMinutes, startsAt }: ClockOrder): Promise<void> => {
  const logger = { info: () => undefined, warn: () => undefined };
  const connection = await connectMongo({ url: mongodbUrl, appName: 'bench-clock', logger });
  const phoneSchedules = await mongoPhoneSchedules(connection);
  const publisher = kafkaPublisher(kafka);
  const offMs = startsAt - (await phoneSchedules.now());
  const time = new DatabaseTime({
    ask: async () => (await phoneSchedules.now()) + offMs,
    pulse: () => performance.now(),
    own: () => Date.now() + offMs,
  });
  const stores = {
    phoneSchedules,
    store: await mongoProgressStore(connection),
    schedules: await mongoSchedules(connection),
    waitingMessages: await mongoBroadcasts(connection),
    publisher: {
      publish: (_topic: string, records: Parameters<typeof publisher.publish>[1]) =>
        publisher.publish(topic, records),
    },
  };
  const clock = new Clock(
    partsOf(stores, spreadMinutes, {
      now: () => time.now(),
      pause,
      onTick: ({ claims, lost, ms }) => {
        const lateMs = claims.flatMap((claim) => (claim.lateMs === null ? [] : [claim.lateMs + ms]));
        process.send?.({ phones: claims.length, lost, lateMs } satisfies Looked);
      },
      onTrouble: (error) => {
        throw error;
      },
    }),
  );
  clock.start();
};

process.once('message', (order: ClockOrder) => void serve(order));
process.once('disconnect', () => process.exit());
