export { addMissing } from './add-missing';
export { breakableDatabase } from './breakable-database.testkit';
export type { BreakableDatabase } from './breakable-database.testkit';
export { mongoCheckpoints, storedCheckpointSchema } from './checkpoints';
export { compareAndSet, sharedCompareAndSet } from './compare-and-set';
export type {
  Change,
  CompareAndSetCollection,
  CompareAndSetResult,
  Versioned,
  Within,
} from './compare-and-set';
export { connectMongo, serverOf } from './connection';
export type { MongoLogger, MongoSettings } from './connection';
export { testDatabase } from './database.testkit';
export { ensureIndexes } from './indexes';
export type { IndexedModel } from './indexes';
export { IsMongoUrl } from './is-mongo-url';
export { modelOf } from './model-of';
export { isMongoOutage } from './mongo-outage';
export { serviceConnection } from './service-connection';
export { sharedFind } from './shared-find';
export type { FindByKeys } from './shared-find';
export { readStored } from './stored-document';
export type { Stored } from './stored-document';
export { watchedDatabase } from './watched-database.testkit';
export type { WatchedDatabase } from './watched-database.testkit';
