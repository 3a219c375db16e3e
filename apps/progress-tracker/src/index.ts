export { handleBatches } from './batches/handle-batches';
export type { BatchParts, HandleBatches, ReaderContext, ReadReport } from './batches/handle-batches';
export { MissingBatches } from './batches/missing-batches';
export { ProgressTrackerConfig } from './config';
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
export type { ProgressStore } from './progress/progress-store';
export { startInMemoryProgressTracker, startProgressTracker } from './start';
export type { InMemoryProgressTracker } from './start';
