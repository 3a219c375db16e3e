import {
  Inject,
  Module,
  type DynamicModule,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import { RuntimeModule } from '@stopcovid/runtime';
import { BUDGETS, BudgetsController } from './api/budgets.controller';
import { CONSENT_LEDGER, ConsentController } from './api/consent.controller';
import { HISTORY, HistoryController } from './api/history.controller';
import { MESSAGE_STORE, MessagesController } from './api/messages.controller';
import {
  PROGRESS_STORE,
  TRAINEES_DESK,
  TraineesController,
  type TraineesDesk,
} from './api/trainees.controller';
import { BatchesController, HANDLE_BATCHES } from './batches/batches.controller';
import { handleBatches, type HandleBatches } from './batches/handle-batches';
import { reportSlices } from './batches/report-slice';
import { makeRecounter, RECOUNTER } from './buckets/make-recounter';
import type { Recounter } from './buckets/recounter';
import { budgetStands } from './budgets/budgets';
import { ScheduleAgenda } from './clock/agenda';
import type { Clock } from './clock/clock';
import { CLOCK, makeClock } from './clock/make-clock';
import { notedBy } from './clock/noted-by';
import { CURSORS, cursors } from './api/cursors';
import { handleLogRecords, type HandleLogRecords } from './messages/handle-log-records';
import { HANDLE_LOG_RECORDS, MessageLogController } from './messages/message-log.controller';
import { ExtentsController } from './figures/extents.controller';
import { RunsController } from './figures/runs.controller';
import { STATS_DESK, type StatsDesk } from './figures/stats-desk';
import { COST_DESK, CostController, type CostDesk } from './figures/cost.controller';
import { StatsController } from './figures/stats.controller';
import { EXPORTER, exportProviders } from './exports/export-providers';
import type { Exporter } from './exports/exporter';
import { ExportsController } from './exports/exports.controller';
import { ONCE_DESK, type OnceDesk } from './once/answer-once';
import { sealOf } from './seal';
import { reportLogSlice } from './messages/report-log-slice';
import { SCHEDULES } from './schedules/schedules';
import { COURSE, type CourseSource } from './course-source';
import { keyProviders } from './keys/key-providers';
import { operatorDesks, operatorRoutes } from './operator-desks';
import type { ProgressTrackerParts, ProgressTrackerSetting } from './parts';
import { PublicRecordsController } from './records/public-records.controller';
import { recordKeeper, recordProviders } from './records/record-providers';
import { RecordsController } from './records/records.controller';
import type { Courier } from './webhooks/courier';
import { COURIER, hookProviders, tellWebhooks } from './webhooks/hook-providers';
import { WebhooksController } from './webhooks/webhooks.controller';

const PARTS = Symbol('PARTS');
const WORKERS = Symbol('WORKERS');

/** What goes on by itself, from start to stop. */
type Worker = Pick<Clock, 'start' | 'stop'>;
type Working = readonly [Clock, Recounter, Exporter, Courier | null];

type Clocked = ProgressTrackerSetting & { readonly agenda: ScheduleAgenda };

const clockOf = ({ config, runtime, parts, agenda }: Clocked): Provider => ({
  provide: CLOCK,
  inject: [COURSE],
  useFactory: (course: CourseSource): Clock =>
    makeClock({
      course,
      everyMs: config.SCHEDULE_EVERY_MS,
      runtime,
      parts: {
        ...parts,
        agenda,
        phoneSchedules: parts.kept.phoneSchedules,
        waitingMessages: parts.broadcasts,
      },
    }),
});

const workers: Provider = {
  provide: WORKERS,
  inject: [CLOCK, RECOUNTER, EXPORTER, COURIER],
  useFactory: (...[clock, recounter, exporter, courier]: Working): readonly Worker[] =>
    courier === null ? [clock, recounter, exporter] : [clock, recounter, exporter, courier],
};

const batchesOf = (setting: ProgressTrackerSetting): Provider => ({
  provide: HANDLE_BATCHES,
  inject: [COURSE],
  useFactory: (course: CourseSource): HandleBatches => {
    const { runtime, parts, rereadWhere } = setting;
    const tell = tellWebhooks(setting);
    const keep = recordKeeper(setting, course);
    const batches = handleBatches({
      store: parts.store,
      kept: parts.kept,
      commands: parts.commands,
      messages: parts.messages,
      forgetters: [parts.contactAnswers, parts.broadcasts],
      ...(tell && { tell }),
      ...(keep && { keep }),
      publisher: parts.publisher,
      offer: () => course.current(),
      waiting: parts.waiting,
      ...reportSlices(runtime),
      now: runtime.clock.now,
    });
    rereadWhere(batches.rereadFrom);
    return batches;
  },
});

const costsOf = ({ config, runtime, parts }: ProgressTrackerSetting): Provider[] => {
  const desk: CostDesk = {
    messages: parts.messages,
    figures: parts.figures,
    segmentPrice: config.SMS_SEGMENT_PRICE,
    now: () => new Date(runtime.clock.now()),
  };
  const stands = budgetStands({ ...parts, now: runtime.clock.now });
  return [
    { provide: COST_DESK, useValue: desk },
    { provide: BUDGETS, useValue: { store: parts.budgets, stands } },
  ];
};

const onceOf = ({ config, runtime, parts }: ProgressTrackerSetting): Provider => ({
  provide: ONCE_DESK,
  useValue: {
    requests: parts.keyedRequests,
    seal: sealOf(config.API_KEYS, 'answers to requests under keys'),
    now: () => new Date(runtime.clock.now()),
  } satisfies OnceDesk,
});

const messageLogOf = ({ runtime, parts, tryWaitingBy }: ProgressTrackerSetting): Provider => ({
  provide: HANDLE_LOG_RECORDS,
  useFactory: (): HandleLogRecords => {
    const records = handleLogRecords({
      store: parts.messages,
      waiting: parts.waitingRecords,
      erasures: parts.kept.erasures,
      now: runtime.clock.now,
      report: reportLogSlice(runtime),
    });
    tryWaitingBy(records.tryWaiting);
    return records;
  },
});

/**
 * The tracker's wiring: batches come in by `BatchesController`, the message log by `MessageLogController`, questions by
 * the controllers of `api`.
 */
@Module({})
export class ProgressTrackerModule
  implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  constructor(
    @Inject(PARTS) private readonly parts: ProgressTrackerParts,
    @Inject(COURSE) private readonly course: CourseSource,
    @Inject(WORKERS) private readonly workers: readonly Worker[],
  ) {}

  /** The module for this configuration. */
  static with(given: ProgressTrackerSetting): DynamicModule {
    const agenda = new ScheduleAgenda();
    const setting = { ...given, agenda, parts: notedBy(agenda, given.parts) };
    const { config, runtime, parts } = setting;
    return {
      module: ProgressTrackerModule,
      imports: [RuntimeModule.with(runtime)],
      controllers: [
        BatchesController,
        MessageLogController,
        TraineesController,
        MessagesController,
        ConsentController,
        HistoryController,
        BudgetsController,
        StatsController,
        CostController,
        ExtentsController,
        RunsController,
        WebhooksController,
        RecordsController,
        PublicRecordsController,
        ExportsController,
        ...operatorRoutes,
      ],
      providers: [
        { provide: PARTS, useValue: parts },
        { provide: PROGRESS_STORE, useValue: parts.store },
        { provide: CONSENT_LEDGER, useValue: parts.kept.consents },
        { provide: HISTORY, useValue: parts.kept.histories },
        { provide: MESSAGE_STORE, useValue: parts.messages },
        {
          provide: STATS_DESK,
          useValue: { figures: parts.figures, now: () => new Date(runtime.clock.now()) } satisfies StatsDesk,
        },
        ...costsOf(setting),
        { provide: SCHEDULES, useValue: parts.schedules },
        {
          provide: TRAINEES_DESK,
          inject: [COURSE],
          useFactory: (course: CourseSource): TraineesDesk => ({ publisher: parts.publisher, course }),
        },
        ...operatorDesks(setting),
        ...hookProviders(setting),
        ...recordProviders(setting),
        ...exportProviders(setting),
        { provide: CURSORS, useValue: cursors(config.API_KEYS) },
        onceOf(setting),
        ...keyProviders(config, parts.keys, runtime),
        { provide: COURSE, useValue: setting.course },
        clockOf(setting),
        { provide: RECOUNTER, useValue: makeRecounter(parts, runtime) },
        workers,
        messageLogOf(setting),
        batchesOf(setting),
      ],
    };
  }

  onApplicationBootstrap(): void {
    for (const worker of this.workers) worker.start();
  }

  /** Before the consumer closes: it takes the publisher down with it. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop()));
  }

  async onApplicationShutdown(): Promise<void> {
    this.course.close();
    await this.parts.close();
  }
}
