export { handleBatches } from './batches/handle-batches';
export type { BatchParts, HandleBatches } from './batches/handle-batches';
export { inMemoryPhoneSchedules } from './clock/in-memory-phone-schedules';
export { ProgressTrackerConfig } from './config';
export type { ConsentChange } from './consent/consent-change';
export type { ConsentLedger } from './consent/consent-ledger';
export { mongoConsentLedger } from './consent/mongo-consent-ledger';
export { idOf as idOfMessage } from './messages/logged-message';
export type { LoggedMessage, MessageContent, MessageDirection } from './messages/logged-message';
export type { CostRow, MessageFilter, MessagePage, MessageStore } from './messages/message-store';
export { inMemoryMessageStore } from './messages/in-memory-message-store';
export { mongoMessageStore } from './messages/mongo-message-store';
export { finalStatuses } from './messages/status-order';
export { ProgressTrackerModule } from './progress-tracker.module';
export type {
  ProgressTrackerParts,
  ProgressTrackerSetting,
  ProgressTrackerSettings,
} from './progress-tracker.module';
export type { DrillRun } from './progress/drill-run';
export { evolveProgress } from './progress/evolve-progress';
export type { TraineeProgress } from './progress/evolve-progress';
export { foldBatches } from './progress/fold-batches';
export { followUps } from './progress/follow-up';
export { inMemoryProgressStore } from './progress/in-memory-progress-store';
export { mongoProgressStore } from './progress/mongo-progress-store';
export { offerOf } from './progress/offer';
export type { Offer } from './progress/offer';
export type { ProgressStore, TraineeFilter } from './progress/progress-store';
export type { EventSource, Offsets } from './rebuild/event-source';
export type { DocumentDifference } from './rebuild/judge-phone';
export { kafkaEventSource } from './rebuild/kafka-event-source';
export { mongoRebuildStore } from './rebuild/mongo-rebuild-store';
export type { RebuildParts, RebuildRequest, SwapRules } from './rebuild/rebuild-job';
export { rebuildProgress } from './rebuild/rebuild-progress';
export type { Finding, PhoneReport, RebuildProgress, RebuildTotals } from './rebuild/rebuild-report';
export { startInMemoryProgressTracker, startProgressTracker } from './start';
export type { InMemoryProgressTracker } from './start';
