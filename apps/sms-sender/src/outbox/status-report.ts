import type { CarrierStatus, Phone } from '@stopcovid/contracts';
import { unreachable } from '@stopcovid/runtime';
import { reportedDispositionOf, type ReportDisposition } from '@stopcovid/twilio';
import { hearCarrierOptOut, mayReceive, optedInSince } from './consent';
import { backoffMs, sent, type When } from './deliver';
import { unparked, type Outbox, type OutboxItem, type Planned } from './outbox';
import { sentLatelyBy, withoutSent } from './sent-lately';

/** What the carrier told of one of our texts afterwards: it has the text, whatever became of it. `at`: when it said so. */
export type StatusReport = {
  readonly phone: Phone;
  readonly messageId: string;
  readonly sid: string;
  readonly status: CarrierStatus;
  readonly errorCode?: string;
  readonly at: number;
};

/**
 * The outbox after a report. A text that was still in doubt, or that the store thinks unsent, is sent; one that was
 * parked needs nobody any more; one that met a limit that lasts goes again. A report of an opt-out silences the phone,
 * unless its owner has opted in since.
 */
export const settleByReport = (outbox: Outbox, report: StatusReport, when: When): Outbox =>
  silenced(sentAgain(accepted(outbox, report, when), report, when), report);

const accepted = (outbox: Outbox, { messageId, sid }: StatusReport, when: When): Outbox => {
  const item = outbox.pending.find(({ id }) => id === messageId);
  if (!item) return unparked(outbox, messageId);
  switch (item.delivery.status) {
    case 'READY':
    case 'IN_FLIGHT':
    case 'AMBIGUOUS':
      return sent(outbox, item, { ...when, sid });
    case 'SENT':
    case 'FAILED':
      return outbox;
    default:
      return unreachable(item.delivery);
  }
};

const timesAgain = 2;

/** What the carrier gave up, and what to do about that. */
const givenUp = ({ status, errorCode }: StatusReport): ReportDisposition | undefined =>
  errorCode !== undefined && (status === 'failed' || status === 'undelivered')
    ? reportedDispositionOf(errorCode)
    : undefined;

/** First of all that waits, and what waits goes after it: the order of a phone is kept, and the limit is theirs too. */
const sentAgain = (outbox: Outbox, report: StatusReport, when: When): Outbox => {
  if (givenUp(report) !== 'retryLater') return outbox;
  const text = sentLatelyBy(outbox, report.messageId, when.at);
  if (!text) return outbox;
  const rest = withoutSent(outbox, text.id);
  const times = (text.again?.times ?? 0) + 1;
  return times > timesAgain ? rest : { ...rest, pending: [nextOf(text, times, when), ...rest.pending] };
};

/** The same text under an id of its own, so that the log has both. */
const nextOf = (text: OutboxItem, times: number, { at, policy }: When): OutboxItem => {
  const of = text.again?.of ?? text.id;
  const notBefore = at + backoffMs(policy.retryLaterMs, { id: of, attempts: times });
  return {
    ...text,
    id: `${of}-${times + 1}`,
    ...(text.planned === undefined ? {} : { planned: hoursOf(text.planned) }),
    attempts: 0,
    delivery: { status: 'READY' },
    again: { of, times, notBefore },
  };
};

/** Without its run: what has begun is not abandoned because one text of it came too late the second time. */
const hoursOf = ({ batch, notAfter, windows }: Planned): Planned => ({ batch, notAfter, windows });

/** What the carrier's word on one text says of others: that the account is refused, or the sender of `item`. */
export type ReportedRefusal = {
  readonly item: OutboxItem;
  readonly disposition: 'account' | 'sender';
  readonly code: string;
  readonly at: number;
};

/** The refusal that a report tells of; of texts that were handed over long ago, none. */
export const refusalIn = (outbox: Outbox, report: StatusReport): ReportedRefusal | undefined => {
  const { errorCode: code, messageId, at } = report;
  const disposition = givenUp(report);
  if (code === undefined || (disposition !== 'account' && disposition !== 'sender')) return undefined;
  const item = outbox.pending.find(({ id }) => id === messageId) ?? sentLatelyBy(outbox, messageId, at);
  return item && { item, disposition, code, at };
};

/** Does the report tell of an opt-out that neither the dialog nor an earlier answer of the carrier's told of? */
export const reportsOptOut = (outbox: Outbox, { errorCode, at }: StatusReport): boolean =>
  errorCode !== undefined &&
  reportedDispositionOf(errorCode) === 'optOut' &&
  mayReceive(outbox, 'reply') &&
  !optedInSince(outbox, { at });

const silenced = (outbox: Outbox, report: StatusReport): Outbox =>
  reportsOptOut(outbox, report) ? hearCarrierOptOut(outbox, report) : outbox;
