const fatal: ReadonlySet<unknown> = new Set([
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'FENCED_INSTANCE_ID',
]);
const groupErrors: ReadonlySet<unknown> = new Set([...fatal, 'REBALANCE_IN_PROGRESS']);

const typeOf = (error: unknown): unknown =>
  error !== null && typeof error === 'object' && 'type' in error ? error.type : undefined;

/** Errors that kafkajs must see as they are: it joins the group again on them. */
export const isGroupError = (error: unknown): boolean => groupErrors.has(typeOf(error));

/** Errors after which the partitions are someone else's. */
export const isEndOfMembership = (error: unknown): boolean => fatal.has(typeOf(error));
