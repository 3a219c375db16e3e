export type { Arrival, Arrivals, Change, Documents, Fold, Known, Position, Reached } from './fold';
export { foldPhone } from './fold-phone';
export type { FoldedPhone, Gap } from './fold-phone';
export { inMemoryWaitingPhones } from './in-memory-waiting-phones';
export { mongoWaitingPhones } from './mongo-waiting-phones';
export { VersionedReader } from './versioned-reader';
export type { ReaderContext, ReaderParts, SliceReport } from './versioned-reader';
export type { Waiting, WaitingPhones, WaitReason } from './waiting';
export type { Reread } from './who-waits';
