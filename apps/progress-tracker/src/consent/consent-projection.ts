import type { KeptProjection } from '../projections/projection';
import { consentChangesIn } from './consent-change';
import type { ConsentLedger } from './consent-ledger';
import { inMemoryConsentLedger } from './in-memory-consent-ledger';
import { mongoConsentLedger, storedConsentSchema } from './mongo-consent-ledger';

/** What happened has happened, whichever batches are still missing: each change is kept under its event's id at once. */
export const consentProjection: KeptProjection<ConsentLedger> = {
  collection: 'consent_changes',
  phoneField: 'phone',
  versionField: 'sequence',
  schema: storedConsentSchema,
  samples: { folder: 'consent/stored', name: 'consent-change' },
  inMemory: inMemoryConsentLedger,
  mongo: mongoConsentLedger,
  note: (ledger, batches) => ledger.keep(batches.flatMap(consentChangesIn)),
  forget: (ledger, { phone, sequence }) => ledger.forget(phone, sequence),
};
