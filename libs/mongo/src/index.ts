export { compareAndSet } from './compare-and-set';
export type { Change, CompareAndSetCollection, CompareAndSetResult, Versioned } from './compare-and-set';
export { connectMongo, serverOf } from './connection';
export type { MongoLogger, MongoSettings } from './connection';
export { testDatabase } from './database.testkit';
export { mongoHealth } from './health';
export { ensureIndexes } from './indexes';
export type { IndexedModel } from './indexes';
export { modelOf } from './model-of';
