import type { Phone } from '@stopcovid/contracts';
import { unreachable } from '@stopcovid/runtime';
import { hearCarrierOptOut, mayReceive, optedInSince } from './consent';
import { sent, type When } from './deliver';
import { unparked, type Outbox } from './outbox';
import { reportedDispositionOf } from '@stopcovid/twilio';

/** What the carrier told of one of our texts afterwards: it has the text, whatever became of it. `at`: when it said so. */
export type StatusReport = {
  readonly phone: Phone;
  readonly messageId: string;
  readonly sid: string;
  readonly errorCode?: string;
  readonly at: number;
};

/**
 * The outbox after a report. A text that was still in doubt, or that the store thinks unsent, is sent; one that was
 * parked needs nobody any more. A report of an opt-out silences the phone, unless its owner has opted in since.
 */
export const settleByReport = (outbox: Outbox, report: StatusReport, when: When): Outbox =>
  silenced(accepted(outbox, report, when), report);

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

/** Does the report tell of an opt-out that neither the dialog nor an earlier answer of the carrier's told of? */
export const reportsOptOut = (outbox: Outbox, { errorCode, at }: StatusReport): boolean =>
  errorCode !== undefined &&
  reportedDispositionOf(errorCode) === 'optOut' &&
  mayReceive(outbox, 'reply') &&
  !optedInSince(outbox, { at });

const silenced = (outbox: Outbox, report: StatusReport): Outbox =>
  reportsOptOut(outbox, report) ? hearCarrierOptOut(outbox, report) : outbox;
