import type { KeptProjection } from '../projections/projection';
import { erasuresIn, inMemoryErasures, type Erasures } from './erasure';
import { mongoErasures, storedErasureSchema } from './mongo-erasures';

/** Who was erased is noted at once, whichever batches are still missing: what they say is not kept when they come. */
export const erasureProjection: KeptProjection<Erasures> = {
  collection: 'erasures',
  phoneField: '_id',
  versionField: 'sequence',
  schema: storedErasureSchema,
  samples: { folder: 'erasure/stored', name: 'erasure' },
  inMemory: inMemoryErasures,
  mongo: mongoErasures,
  note: (erasures, batches) => erasures.keep(erasuresIn(batches)),
};
