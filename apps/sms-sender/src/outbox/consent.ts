import type { EventBatch } from '@stopcovid/contracts';
import type { Outbox, TextKind } from './outbox';

/**
 * Consent, in one place. Two can withdraw it: the trainee, as the dialog knows it (`optedOut`), and the carrier
 * (`carrierOptOut`). Batches may be missing, so the latest version that was heard of has the word, whether or not its
 * texts could be taken in.
 */
export const mayReceive = (
  { optedOut, carrierOptOut }: Pick<Outbox, 'optedOut' | 'carrierOptOut'>,
  kind: TextKind,
): boolean => kind === 'consent' || !(optedOut || carrierOptOut);

/** The latest version that was heard of: later than the last one taken in while a batch is missing. */
export const heardVersion = ({
  lastVersion,
  consentVersion,
}: Pick<Outbox, 'lastVersion' | 'consentVersion'>): number => Math.max(lastVersion, consentVersion ?? 0);

/**
 * May a text of this batch join the queue? To somebody who was opted out then, only a confirmation; and no confirmation of
 * what has changed again since.
 */
export const mayJoin = (outbox: Outbox, { trainee }: EventBatch, kind: TextKind): boolean =>
  kind === 'consent' ? trainee.optedOut === outbox.optedOut : !trainee.optedOut && mayReceive(outbox, kind);

/**
 * The outbox once a batch's word on consent was heard; its texts are another matter. An opt-out cancels what has not
 * been handed over; what may already be with the carrier stays to be settled. The same outbox when nothing changes.
 */
export const hearConsent = (outbox: Outbox, batch: EventBatch): Outbox => {
  const { version, trainee } = batch;
  const withdraws = trainee.optedOut && !outbox.optedOut;
  const pending = withdraws ? withoutUnclaimed(outbox) : outbox.pending;
  const optedIn = optsIn(outbox, batch);
  const isLatest = version > heardVersion(outbox);
  if (!optedIn && !isLatest && pending.length === outbox.pending.length) return outbox;
  return {
    ...outbox,
    ...(optedIn ? { optedInVersion: version, optedInAt: Date.parse(batch.at) } : {}),
    ...(isLatest ? { optedOut: trainee.optedOut, consentVersion: version } : {}),
    carrierOptOut: outbox.carrierOptOut && !optedIn,
    ...nothingAgainIf(withdraws || optedIn),
    pending,
  };
};

/**
 * The outbox once it is known that the trainee was opted out at a version whose batch cannot be read here. An opt-in of
 * such a batch waits until it can be read.
 */
export const hearOptOut = (outbox: Outbox, version: number): Outbox =>
  version <= heardVersion(outbox)
    ? outbox
    : {
        ...outbox,
        optedOut: true,
        consentVersion: version,
        ...nothingAgainIf(!outbox.optedOut),
        pending: withoutUnclaimed(outbox),
      };

/** What was said before consent changed is not said again after it. */
const nothingAgainIf = (changed: boolean): Pick<Outbox, 'sentLately'> => (changed ? { sentLately: [] } : {});

const optsIn = ({ optedInVersion }: Outbox, { events, version }: EventBatch): boolean =>
  version > (optedInVersion ?? 0) && events.some(({ type }) => type === 'TraineeOptedIn');

/** How old the carrier's word of an opt-out is: the version heard when the refused text was claimed, or the report's time. */
export type CarrierWord = { readonly version: number } | { readonly at: number };

/** A word that comes late silences nobody who has opted in since. */
export const optedInSince = (
  { optedInVersion = 0, optedInAt = 0 }: Pick<Outbox, 'optedInVersion' | 'optedInAt'>,
  word: CarrierWord,
): boolean => ('version' in word ? word.version < optedInVersion : word.at <= optedInAt);

/** The outbox once the carrier said that the number has opted out: what has not been handed over goes no more. */
export const hearCarrierOptOut = (outbox: Outbox, word: CarrierWord): Outbox =>
  optedInSince(outbox, word)
    ? outbox
    : { ...outbox, ...nothingAgainIf(true), carrierOptOut: true, pending: withoutUnclaimed(outbox) };

/** Must the dialog hear of the carrier's refusals to this phone? Not of those that an opt-in has overtaken. */
export const tellsOptOut = ({ carrierOptOut }: Pick<Outbox, 'carrierOptOut'>): boolean => carrierOptOut;

const withoutUnclaimed = ({ pending }: Outbox): Outbox['pending'] =>
  pending.filter(({ delivery }) => delivery.status !== 'READY');
