import { effectOf } from './error-codes';
import type { PhoneFaults, Random } from './faults';
import { isWhatsApp, type MessageStatus, type OutboundMessage } from './message';

/** One status that a message will reach, with the error that it ends in. */
export type Step = { readonly status: MessageStatus; readonly error?: NonNullable<OutboundMessage['error']> };

const unreachableHandset = 30_003;

/** Every status that a message will reach after the one it was accepted with, in order. */
export const stepsOf = (accepted: OutboundMessage, faults: PhoneFaults, random: Random): readonly Step[] => {
  const lost = random() < faults.undelivered;
  const effect = effectOf(faults.errorCode) ?? (lost ? effectOf(unreachableHandset) : undefined);
  const queued: readonly Step[] = accepted.status === 'accepted' ? [{ status: 'queued' }] : [];
  if (effect?.kind !== 'reported') {
    // Only WhatsApp tells that somebody has looked.
    const seen: readonly Step[] = isWhatsApp(accepted.to) ? [{ status: 'read' }] : [];
    return [...queued, { status: 'sent' }, { status: 'delivered' }, ...seen];
  }
  const end: Step = { status: effect.status, error: effect.error };
  // What fails never left Twilio, so it was never sent.
  return effect.status === 'failed' ? [...queued, end] : [...queued, { status: 'sent' }, end];
};
