import type { CarrierStatus } from '@stopcovid/contracts';

/**
 * How far each status is, from the first word to the last. Reports come in any order, so the furthest one counts; of
 * two ends the better one does: who confirms a delivery has seen it, who gives up may be mistaken.
 */
const furtherAndFurther: readonly CarrierStatus[] = [
  'accepted',
  'scheduled',
  'queued',
  'receiving',
  'sending',
  'sent',
  'canceled',
  'failed',
  'undelivered',
  'partially_delivered',
  'received',
  'delivered',
  'read',
];

/** What is known of the way of a message: its furthest status, when that was first reported, and the carrier's code. */
export type StatusReport = { readonly status: CarrierStatus; readonly at: Date; readonly errorCode?: string };

const rankOf = ({ status }: StatusReport): number => furtherAndFurther.indexOf(status);

const least = (one: string | undefined, other: string | undefined): string | undefined => {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
};

const sameStatus = (one: StatusReport, other: StatusReport): StatusReport => {
  const errorCode = least(one.errorCode, other.errorCode);
  const at = one.at <= other.at ? one.at : other.at;
  return { status: one.status, at, ...(errorCode === undefined ? {} : { errorCode }) };
};

/** Both reports together: never less far than either, the same in any order and however often. */
export const furthest = (
  one: StatusReport | undefined,
  other: StatusReport | undefined,
): StatusReport | undefined => {
  if (one === undefined || other === undefined) return one ?? other;
  const ahead = rankOf(one) - rankOf(other);
  if (ahead === 0) return sameStatus(one, other);
  return ahead > 0 ? one : other;
};

/** The statuses that nothing is expected to follow; `read` may still come after `delivered`. */
export const finalStatuses: ReadonlySet<CarrierStatus> = new Set<CarrierStatus>([
  'canceled',
  'failed',
  'undelivered',
  'partially_delivered',
  'received',
  'delivered',
  'read',
]);
