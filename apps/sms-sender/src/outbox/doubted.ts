import { isSettled, type OutboxItem } from './outbox';

/** Why texts are in doubt that an older database holds: nobody knows whether they went out after it was copied. */
const restoredReason = 'the database was restored from a backup';

/** The text as one that may have gone out: the carrier is asked before anything else happens. */
export const doubted = (item: OutboxItem): OutboxItem => {
  const { delivery, createdAt } = item;
  if (isSettled(item) || delivery.status === 'AMBIGUOUS') return item;
  const since = delivery.status === 'IN_FLIGHT' ? delivery.since : createdAt;
  return { ...item, delivery: { status: 'AMBIGUOUS', since, looks: 0, reason: restoredReason } };
};
