import type { AskReread, HeldPartitions, Publisher } from '@stopcovid/kafka';
import type { WaitingPhones } from '@stopcovid/projections';
import type { Runtime } from '@stopcovid/runtime';
import type { Buckets, CountedRuns } from './buckets/buckets';
import type { BudgetStore } from './budgets/budget-store';
import type { Audiences } from './audiences/audiences';
import type { Broadcasts } from './broadcasts/broadcasts';
import type { ProgressTrackerSettings } from './config';
import type { CourseSource } from './course-source';
import type { ExportChunks } from './exports/export-chunks';
import type { Exports } from './exports/exports';
import type { ApiKeys } from './keys/api-keys';
import type { VersionedFigures } from './figures/run-figures';
import type { MessageStore } from './messages/message-store';
import type { WaitingRecords } from './messages/waiting-records';
import type { TextRulings } from './operations/text-rulings';
import type { ContactAnswers } from './contacts/contact-answers';
import type { KeyedRequests } from './once/keyed-requests';
import type { CommandRecords } from './operations/command-records';
import type { ProgressStore } from './progress/progress-store';
import type { KeptStores } from './projections/kept-stores';
import type { Records } from './records/records';
import type { Rulings } from './regrading/rulings';
import type { Schedules } from './schedules/schedules';
import type { Deliveries } from './webhooks/deliveries';
import type { Webhooks } from './webhooks/webhooks';

/** The world around the tracker, through its ports. */
export type ProgressTrackerParts = {
  readonly store: ProgressStore;
  /** Figures over runs and buckets. */
  readonly figures: VersionedFigures;
  /** The buckets of figures, and the runs that they are counted from. */
  readonly buckets: Buckets;
  readonly countedRuns: CountedRuns;
  readonly messages: MessageStore;
  /** The projections that are kept beside the trainees' progress. */
  readonly kept: KeptStores;
  readonly budgets: BudgetStore;
  readonly schedules: Schedules;
  readonly commands: CommandRecords;
  readonly keyedRequests: KeyedRequests;
  readonly rulings: TextRulings;
  readonly replyRulings: Rulings;
  readonly contactAnswers: ContactAnswers;
  readonly audiences: Audiences;
  readonly broadcasts: Broadcasts;
  readonly keys: ApiKeys;
  readonly records: Records;
  readonly webhooks: Webhooks;
  readonly deliveries: Deliveries;
  readonly exports: Exports;
  readonly exportChunks: ExportChunks;
  /** The partitions of the topic of events that are this replica's now. */
  readonly held: () => HeldPartitions;
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
  /** What is taught, as it is edited; the module closes it. */
  readonly course: CourseSource;
  /** Gives the transport of the events whom to ask whether to read again. */
  readonly rereadWhere: (ask: AskReread) => void;
  /** Gives the transport of the message log whom to ask whether something that waits can go on. */
  readonly tryWaitingBy: (ask: AskReread) => void;
};
