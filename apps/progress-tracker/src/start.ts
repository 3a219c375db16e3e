import { topics } from '@stopcovid/contracts';
import {
  inMemoryTransport,
  kafkaTransport,
  type AskReread,
  type BatchTransport,
  type HeldPartitions,
  type InMemoryLog,
} from '@stopcovid/kafka';
import { serviceConnection } from '@stopcovid/mongo';
import { inMemoryWaitingPhones, mongoWaitingPhones } from '@stopcovid/projections';
import {
  answerMeanwhile,
  bootstrapApp,
  createRuntime,
  pause,
  type RunningApp,
  type Runtime,
} from '@stopcovid/runtime';
import { setUpApi } from './api/set-up-api';
import { inMemoryAudiences } from './audiences/audiences';
import { mongoAudiences } from './audiences/mongo-audiences';
import { EVENTS_TRANSPORT } from './batches/batches.controller';
import { tellSpoiltWaiting } from './batches/report-slice';
import { inMemoryBroadcasts } from './broadcasts/in-memory-broadcasts';
import { mongoBroadcasts } from './broadcasts/mongo-broadcasts';
import { bucketed } from './buckets/bucketed';
import type { Buckets } from './buckets/buckets';
import { inMemoryBuckets, inMemoryCountedRuns } from './buckets/in-memory-buckets';
import { mongoBuckets } from './buckets/mongo-buckets';
import { markEach } from './buckets/marking';
import { mongoCountedRuns } from './buckets/mongo-counted-runs';
import { SharedMarks } from './buckets/shared-marks';
import { inMemoryBudgetStore } from './budgets/budget-store';
import { mongoBudgetStore } from './budgets/mongo-budget-store';
import { inMemoryPhoneSchedules } from './clock/in-memory-phone-schedules';
import type { ProgressTrackerConfig, ProgressTrackerSettings } from './config';
import { courseInTime, courseOf, type CourseSource, watchedCourse } from './course-source';
import { inMemoryExportChunks, type ExportChunks } from './exports/export-chunks';
import { inMemoryExports, type Exports } from './exports/exports';
import { mongoExportChunks } from './exports/mongo-export-chunks';
import { mongoExports } from './exports/mongo-exports';
import { inMemoryRunFigures } from './figures/in-memory-run-figures';
import { mongoRunFigures } from './figures/mongo-run-figures';
import { inMemoryApiKeys } from './keys/api-keys';
import { mongoApiKeys } from './keys/mongo-api-keys';
import { inMemoryMessageStore } from './messages/in-memory-message-store';
import { MESSAGE_LOG_TRANSPORT } from './messages/message-log.controller';
import type { MessageStore } from './messages/message-store';
import { mongoMessageStore } from './messages/mongo-message-store';
import { mongoWaitingRecords } from './messages/mongo-waiting-records';
import { inMemoryWaitingRecords } from './messages/waiting-records';
import { inMemoryKeyedRequests, type KeyedRequests } from './once/keyed-requests';
import { mongoKeyedRequests } from './once/mongo-keyed-requests';
import { inMemoryCommandRecords } from './operations/command-records';
import { mongoCommandRecords } from './operations/mongo-command-records';
import { mongoRulings } from './regrading/mongo-rulings';
import { inMemoryRulings } from './regrading/rulings';
import { inMemoryContactAnswers } from './contacts/contact-answers';
import { mongoContactAnswers } from './contacts/mongo-contact-answers';
import { mongoTextRulings } from './operations/mongo-text-rulings';
import { AnswerProblems } from './problems/answer-problems';
import { inMemoryTextRulings } from './operations/text-rulings';
import type { ProgressTrackerParts } from './parts';
import { ProgressTrackerModule } from './progress-tracker.module';
import { inMemoryProgressStore, type InMemoryProgressStore } from './progress/in-memory-progress-store';
import { mongoProgressStore } from './progress/mongo-progress-store';
import { keptInMemory, keptInMongo } from './projections/kept-stores';
import { underPublicPath } from './records/public-path';
import { mongoRecords } from './records/mongo-records';
import { inMemoryRecords } from './records/records';
import { inMemorySchedules } from './schedules/in-memory-schedules';
import { mongoSchedules } from './schedules/mongo-schedules';
import { inMemoryDeliveries } from './webhooks/deliveries';
import { mongoDeliveries } from './webhooks/mongo-deliveries';
import { mongoWebhooks } from './webhooks/mongo-webhooks';
import { inMemoryWebhooks } from './webhooks/webhooks';

const service = 'progress-tracker';

/* Nobody waits for the message log. Of the events somebody does who asked for a drill, so they gather for less. */
const gatherMessagesMs = 500;
const gatherEventsMs = 100;

/** What an app is made of: its way to the topics, and the world around it. */
type World = {
  readonly transport: BatchTransport;
  /** The message log's: another group, so that neither topic waits for the other. */
  readonly messageTransport: BatchTransport;
  readonly parts: ProgressTrackerParts;
  /** What is taught, where it was read already; else the configuration's, which must be usable. */
  readonly course?: CourseSource;
};

const heldBy =
  ({ strategy }: BatchTransport) =>
  (): HeldPartitions => ({
    partitions: strategy.shareOf(topics.dialogEvents).partitions,
    joins: strategy.joins,
  });

/** Kafka and MongoDB, reached; not served yet. */
export const realWorld = async (config: ProgressTrackerConfig, runtime: Runtime): Promise<World> => {
  const stores = await mongoStores(config, runtime);
  const course = await courseInTime(courseOf(config, runtime));
  const transport = kafkaTransport({
    runtime,
    group: config.KAFKA_GROUP,
    config,
    options: { gatherMs: gatherEventsMs },
  });
  const messageTransport = kafkaTransport({
    runtime,
    group: config.KAFKA_MESSAGES_GROUP,
    config,
    options: { gatherMs: gatherMessagesMs },
  });
  return {
    transport,
    messageTransport,
    course,
    parts: { ...stores, publisher: transport.publisher, held: heldBy(transport) },
  };
};

/** The tracker over Kafka and MongoDB, as a service. */
export const startProgressTracker = async (
  config: ProgressTrackerConfig,
  runtime: Runtime = createRuntime(service, config),
): Promise<RunningApp> => {
  const world = await answerMeanwhile({ config, runtime }, () => realWorld(config, runtime));
  return startWith({ config, runtime, ...world });
};

/** What the tracker needs to run in somebody else's process: a log, and a place for its routes. */
export type InMemoryProgressTracker = {
  readonly config: ProgressTrackerSettings & Pick<ProgressTrackerConfig, 'HOST' | 'PORT'>;
  readonly runtime: Runtime;
  readonly log: InMemoryLog;
  readonly store?: InMemoryProgressStore;
  readonly messages?: MessageStore;
  readonly exports?: Exports;
  readonly keyedRequests?: KeyedRequests;
  readonly exportChunks?: ExportChunks;
};

/** The tracker over a log in memory: nothing survives a restart. */
export const startInMemoryProgressTracker = ({
  config,
  runtime,
  log,
  store = inMemoryProgressStore(),
  messages = inMemoryMessageStore(),
  exports: exports_ = inMemoryExports(),
  keyedRequests = inMemoryKeyedRequests(),
  exportChunks = inMemoryExportChunks(),
}: InMemoryProgressTracker): Promise<RunningApp> => {
  const transport = inMemoryTransport({ runtime, group: service, log });
  const messageTransport = inMemoryTransport({ runtime, group: `${service}-messages`, log });
  const { publisher } = transport;
  const buckets = inMemoryBuckets(runtime.clock.now);
  return startWith({
    config,
    runtime,
    transport,
    messageTransport,
    parts: {
      ...bucketed({
        store,
        figures: inMemoryRunFigures(store.allRuns),
        runs: inMemoryCountedRuns(store.allRuns),
        buckets,
        marking: markEach(buckets),
      }),
      messages,
      kept: { ...keptInMemory(), phoneSchedules: inMemoryPhoneSchedules(runtime.clock.now) },
      budgets: inMemoryBudgetStore(),
      schedules: inMemorySchedules(),
      commands: inMemoryCommandRecords(),
      keyedRequests,
      rulings: inMemoryTextRulings(),
      replyRulings: inMemoryRulings(),
      contactAnswers: inMemoryContactAnswers(),
      audiences: inMemoryAudiences(),
      broadcasts: inMemoryBroadcasts(),
      keys: inMemoryApiKeys(),
      records: inMemoryRecords(),
      webhooks: inMemoryWebhooks(),
      deliveries: inMemoryDeliveries(),
      exports: exports_,
      exportChunks,
      held: heldBy(transport),
      waiting: inMemoryWaitingPhones(),
      waitingRecords: inMemoryWaitingRecords(),
      publisher,
      close: () => publisher.close(),
    },
  });
};

type Startable = Pick<InMemoryProgressTracker, 'config' | 'runtime'> & World;

/** The tracker in this world. What was opened for it is closed again when it cannot start. */
export const startWith = async ({
  config,
  runtime,
  transport,
  messageTransport,
  parts,
  ...read
}: Startable): Promise<RunningApp> => {
  transport.strategy.setTransportId(EVENTS_TRANSPORT);
  messageTransport.strategy.setTransportId(MESSAGE_LOG_TRANSPORT);
  const rereadWhere = (ask: AskReread): void => transport.strategy.rereadWhere(topics.dialogEvents, ask);
  const tryWaitingBy = (ask: AskReread): void => messageTransport.strategy.rereadWhere(topics.smsLog, ask);
  const problems = new AnswerProblems(runtime.logger);
  let { course } = read;
  try {
    course ??= await watchedCourse(courseOf(config, runtime));
    return await bootstrapApp(
      ProgressTrackerModule.with({ config, runtime, parts, course, rereadWhere, tryWaitingBy }),
      {
        runtime,
        port: config.PORT,
        host: config.HOST,
        strategies: [transport.strategy, messageTransport.strategy],
        configure: (app) => setUpApi(app, problems, runtime.logger),
        answerUnread: (...unread) => problems.answer(...unread),
        routedAs: underPublicPath(config.RECORDS_URL),
      },
    );
  } catch (error) {
    course?.close();
    await Promise.all([transport.publisher.close(), messageTransport.publisher.close()]);
    await parts.close();
    throw error;
  }
};

const sharedMarks = (buckets: Buckets, { clock, logger }: Runtime): SharedMarks =>
  new SharedMarks({
    buckets,
    now: clock.now,
    pause,
    onTrouble: (error) =>
      logger.warn({ err: error }, 'marked buckets are left as being written, and counted later'),
  });

const mongoStores = async (
  config: ProgressTrackerConfig,
  runtime: Runtime,
): Promise<Omit<ProgressTrackerParts, 'publisher' | 'held'>> => {
  const connection = await serviceConnection(config, runtime);
  const buckets = await mongoBuckets(connection);
  const marks = sharedMarks(buckets, runtime);
  return {
    ...bucketed({
      store: await mongoProgressStore(connection),
      figures: mongoRunFigures(connection),
      runs: mongoCountedRuns(connection),
      buckets,
      marking: marks.around,
    }),
    messages: await mongoMessageStore(connection),
    kept: await keptInMongo(connection),
    budgets: mongoBudgetStore(connection),
    schedules: await mongoSchedules(connection),
    commands: await mongoCommandRecords(connection, config.COMMANDS_KEPT_DAYS),
    keyedRequests: await mongoKeyedRequests(connection),
    rulings: mongoTextRulings(connection),
    replyRulings: mongoRulings(connection),
    contactAnswers: mongoContactAnswers(connection),
    audiences: mongoAudiences(connection),
    broadcasts: await mongoBroadcasts(connection),
    keys: mongoApiKeys(connection),
    records: await mongoRecords(connection),
    webhooks: await mongoWebhooks(connection),
    deliveries: await mongoDeliveries(connection),
    exports: await mongoExports(connection),
    exportChunks: await mongoExportChunks(connection),
    waiting: await mongoWaitingPhones(connection, 'tracker_waiting_phones', tellSpoiltWaiting(runtime)),
    waitingRecords: await mongoWaitingRecords(connection),
    close: async () => {
      await marks.close();
      await connection.close();
    },
  };
};
