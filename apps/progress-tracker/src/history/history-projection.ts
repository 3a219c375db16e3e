import type { KeptProjection } from '../projections/projection';
import { entryOf, type History } from './history';
import { inMemoryHistory } from './in-memory-history';
import { mongoHistory, storedHistorySchema } from './mongo-history';

/** What happened has happened, whichever batches are still missing: each is kept under its own name at once. */
export const historyProjection: KeptProjection<History> = {
  collection: 'phone_events',
  phoneField: 'phone',
  versionField: 'sequence',
  schema: storedHistorySchema,
  samples: { folder: 'history/stored', name: 'history-entry' },
  inMemory: inMemoryHistory,
  mongo: mongoHistory,
  note: (history, batches) => history.keep(batches.map(entryOf)),
  forget: (history, { phone, sequence }) => history.forget(phone, sequence),
};
