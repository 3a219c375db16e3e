import type { KeptProjection } from '../projections/projection';
import { contactRequestsIn } from './contact-request';
import type { ContactRequests } from './contact-requests';
import { inMemoryContactRequests } from './in-memory-contact-requests';
import { mongoContactRequests, storedContactSchema } from './mongo-contact-requests';

/** Who asked has asked, whichever batches are still missing: each is kept under its event's id at once. */
export const contactProjection: KeptProjection<ContactRequests> = {
  collection: 'contact_requests',
  phoneField: 'phone',
  versionField: 'sequence',
  schema: storedContactSchema,
  samples: { folder: 'contacts/stored', name: 'contact-request' },
  inMemory: inMemoryContactRequests,
  mongo: mongoContactRequests,
  note: (requests, batches) => requests.keep(batches.flatMap(contactRequestsIn)),
  forget: (requests, { phone, sequence }) => requests.forget(phone, sequence),
};
