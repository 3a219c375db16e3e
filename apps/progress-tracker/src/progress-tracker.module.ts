import {
  Inject,
  Module,
  type DynamicModule,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import type { AskReread, Publisher } from '@stopcovid/kafka';
import type { WaitingPhones } from '@stopcovid/projections';
import { RuntimeModule, type Runtime } from '@stopcovid/runtime';
import { BUDGETS, BudgetsController } from './api/budgets.controller';
import { CONSENT_LEDGER, ConsentController } from './api/consent.controller';
import { HISTORY, HistoryController } from './api/history.controller';
import { MESSAGE_STORE, MessagesController } from './api/messages.controller';
import { PROGRESS_STORE, PUBLISHER, TraineesController } from './api/trainees.controller';
import { BatchesController, HANDLE_BATCHES } from './batches/batches.controller';
import { handleBatches, type HandleBatches } from './batches/handle-batches';
import { reportSlices } from './batches/report-slice';
import { budgetStands } from './budgets/budgets';
import type { BudgetStore } from './budgets/budget-store';
import type { Clock } from './clock/clock';
import { CLOCK, makeClock } from './clock/make-clock';
import type { Audiences } from './audiences/audiences';
import { AUDIENCE_DESK, AudiencesController, type AudienceDesk } from './audiences/audiences.controller';
import type { Broadcasts } from './broadcasts/broadcasts';
import { BROADCAST_DESK, BroadcastsController, type BroadcastDesk } from './broadcasts/broadcasts.controller';
import type { ProgressTrackerSettings } from './config';
import { CURSORS, cursors } from './api/cursors';
import { watchedCourse, type CourseSource } from './course-source';
import type { ApiKeys } from './keys/api-keys';
import { keyProviders } from './keys/key-providers';
import { KeysController } from './keys/keys.controller';
import { handleLogRecords, type HandleLogRecords } from './messages/handle-log-records';
import { HANDLE_LOG_RECORDS, MessageLogController } from './messages/message-log.controller';
import type { RunFigures } from './figures/run-figures';
import { ExtentsController } from './figures/extents.controller';
import { RunsController } from './figures/runs.controller';
import { STATS_DESK, StatsController, type StatsDesk } from './figures/stats.controller';
import type { MessageStore } from './messages/message-store';
import type { WaitingRecords } from './messages/waiting-records';
import { reportLogSlice } from './messages/report-log-slice';
import { ActionsController } from './operations/actions.controller';
import { DESK, type Desk } from './operations/answer';
import { MISSED_TEXTS, MissedTextsController } from './operations/missed-texts.controller';
import { SchedulesController } from './operations/schedules.controller';
import type { MissedParts } from './operations/missed-texts';
import type { TextRulings } from './operations/text-rulings';
import type { ContactAnswers } from './contacts/contact-answers';
import { contactDesk } from './contacts/contact-desk';
import { ContactsController } from './contacts/contacts.controller';
import type { CommandRecords } from './operations/command-records';
import { COMMAND_RECORDS, CommandsController } from './operations/commands.controller';
import { DeadLettersController, HANDLE_DEAD_LETTERS } from './operations/dead-letters.controller';
import { hoursFrom } from './operations/hours';
import { IMPORT_DESK, ImportsController, type ImportDesk } from './operations/imports.controller';
import { handleDeadLetters } from './operations/handle-dead-letters';
import { knowsDrill } from './progress/offer';
import type { ProgressStore } from './progress/progress-store';
import type { KeptStores } from './projections/kept-stores';
import { SCHEDULES, type Schedules } from './schedules/schedules';
import { TIMETABLES, TimetablesController, type TimetablesDesk } from './timetable/timetables.controller';

const COURSE = Symbol('COURSE');
const PARTS = Symbol('PARTS');

/** The world around the tracker, through its ports. */
export type ProgressTrackerParts = {
  readonly store: ProgressStore;
  readonly figures: RunFigures;
  readonly messages: MessageStore;
  /** The projections that are kept beside the trainees' progress. */
  readonly kept: KeptStores;
  readonly budgets: BudgetStore;
  readonly schedules: Schedules;
  readonly commands: CommandRecords;
  readonly rulings: TextRulings;
  readonly contactAnswers: ContactAnswers;
  readonly audiences: Audiences;
  readonly broadcasts: Broadcasts;
  readonly keys: ApiKeys;
  /** The partitions of the topic of events that are this replica's now. */
  readonly partitions: () => readonly number[];
  /** The phones whose batches wait. */
  readonly waiting: WaitingPhones;
  /** The records of the message log that wait. */
  readonly waitingRecords: WaitingRecords;
  readonly publisher: Publisher;
  /** Called last, when nothing is handled any more. */
  readonly close: () => Promise<void>;
};

/** What the module is made of. */
export type ProgressTrackerSetting = {
  readonly config: ProgressTrackerSettings;
  readonly runtime: Runtime;
  readonly parts: ProgressTrackerParts;
  /** Gives the transport of the events whom to ask whether to read again. */
  readonly rereadWhere: (ask: AskReread) => void;
  /** Gives the transport of the message log whom to ask whether something that waits can go on. */
  readonly tryWaitingBy: (ask: AskReread) => void;
};

/** What is taught, as it is edited. */
const courseOf = ({ config, runtime }: ProgressTrackerSetting): Provider => ({
  provide: COURSE,
  useFactory: () =>
    watchedCourse({
      place: config.DRILLS_URL ? { url: config.DRILLS_URL.href } : { directory: config.DRILLS_DIR },
      everyMs: config.DRILLS_EVERY_MS,
      runtime,
    }),
});

/** What operators do. */
const operationRoutes = [
  ActionsController,
  AudiencesController,
  BroadcastsController,
  CommandsController,
  ContactsController,
  DeadLettersController,
  ImportsController,
  KeysController,
  MissedTextsController,
  SchedulesController,
  TimetablesController,
];

/** What operators' routes are made of. */
const operationsOf = (parts: ProgressTrackerParts, mostBytes: number, { clock }: Runtime): Provider[] => [
  {
    provide: IMPORT_DESK,
    useValue: {
      store: parts.store,
      publisher: parts.publisher,
      now: () => new Date(clock.now()),
      mostBytes,
    } satisfies ImportDesk,
  },
  {
    provide: MISSED_TEXTS,
    useValue: { messages: parts.messages, rulings: parts.rulings } satisfies MissedParts,
  },
  contactDesk({
    requests: parts.kept.contacts,
    answers: parts.contactAnswers,
    now: () => new Date(clock.now()),
  }),
  { provide: COMMAND_RECORDS, useValue: parts.commands },
  { provide: HANDLE_DEAD_LETTERS, useValue: handleDeadLetters(parts.commands) },
  {
    provide: DESK,
    inject: [COURSE],
    useFactory: (course: CourseSource): Desk => ({
      parts: {
        records: parts.commands,
        store: parts.store,
        hoursOf: hoursFrom({
          phones: parts.kept.phoneSchedules,
          schedules: parts.schedules,
          organisation: () => course.current().schedule,
        }),
        publisher: parts.publisher,
        knowsDrill: (drill) => knowsDrill(course.current(), drill),
        now: () => new Date(clock.now()),
      },
    }),
  },
];

/** What the routes of audiences and broadcasts are made of. */
const broadcastingOf = (
  parts: ProgressTrackerParts,
  config: ProgressTrackerSettings,
  { clock }: Runtime,
): Provider[] => [
  { provide: AUDIENCE_DESK, useValue: { audiences: parts.audiences } satisfies AudienceDesk },
  {
    provide: BROADCAST_DESK,
    inject: [COURSE],
    useFactory: (course: CourseSource): BroadcastDesk => ({
      parts: {
        store: parts.store,
        phones: parts.kept.phoneSchedules,
        schedules: parts.schedules,
        offer: () => course.current(),
        broadcasts: parts.broadcasts,
        audiences: parts.audiences,
        tariff: {
          perSecond: config.SMS_PER_SECOND,
          segmentsPerSecond: config.SMS_SEGMENTS_PER_SECOND,
          segmentPrice: config.SMS_SEGMENT_PRICE,
        },
        now: () => new Date(clock.now()),
      },
    }),
  },
];

/** What the routes of timetables are made of. */
const timetablesOf = (parts: ProgressTrackerParts): Provider => ({
  provide: TIMETABLES,
  inject: [COURSE],
  useFactory: (course: CourseSource): TimetablesDesk => ({
    store: parts.store,
    phones: parts.kept.phoneSchedules,
    schedules: parts.schedules,
    messages: parts.broadcasts,
    audiences: parts.audiences,
    offer: () => course.current(),
  }),
});

const clockOf = ({ config, runtime, parts }: ProgressTrackerSetting): Provider => ({
  provide: CLOCK,
  inject: [COURSE],
  useFactory: (course: CourseSource): Clock =>
    makeClock({
      course,
      everyMs: config.SCHEDULE_EVERY_MS,
      runtime,
      parts: { ...parts, phoneSchedules: parts.kept.phoneSchedules, waitingMessages: parts.broadcasts },
    }),
});

const batchesOf = ({ runtime, parts, rereadWhere }: ProgressTrackerSetting): Provider => ({
  provide: HANDLE_BATCHES,
  inject: [COURSE],
  useFactory: (course: CourseSource): HandleBatches => {
    const batches = handleBatches({
      store: parts.store,
      kept: parts.kept,
      commands: parts.commands,
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

const messageLogOf = ({ runtime, parts, tryWaitingBy }: ProgressTrackerSetting): Provider => ({
  provide: HANDLE_LOG_RECORDS,
  useFactory: (): HandleLogRecords => {
    const records = handleLogRecords({
      store: parts.messages,
      waiting: parts.waitingRecords,
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
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The module for this configuration. Start fails, with all problems listed, when the drills cannot be used. */
  static with(setting: ProgressTrackerSetting): DynamicModule {
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
        ExtentsController,
        RunsController,
        ...operationRoutes,
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
        {
          provide: BUDGETS,
          useValue: { store: parts.budgets, stands: budgetStands({ ...parts, now: runtime.clock.now }) },
        },
        { provide: SCHEDULES, useValue: parts.schedules },
        { provide: PUBLISHER, useValue: parts.publisher },
        ...operationsOf(parts, config.IMPORT_MAX_BYTES, runtime),
        ...broadcastingOf(parts, config, runtime),
        timetablesOf(parts),
        { provide: CURSORS, useValue: cursors(config.API_KEYS) },
        ...keyProviders(config, parts.keys, runtime),
        courseOf(setting),
        clockOf(setting),
        messageLogOf(setting),
        batchesOf(setting),
      ],
    };
  }

  onApplicationBootstrap(): void {
    this.clock.start();
  }

  /** Before the consumer closes: it takes the publisher down with it. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.clock.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    this.course.close();
    await this.parts.close();
  }
}
