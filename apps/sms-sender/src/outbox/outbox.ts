import type { CommandId, DrillSlug, Language, Phone } from '@stopcovid/contracts';
import { opensAt, type Hours } from './hours';

/** What kind of text it is: decides what an opt-out leaves standing and what goes first. */
export type TextKind = 'reply' | 'started' | 'reminder' | 'message' | 'consent';

/** READY waits for its turn. */
export type Ready = { readonly status: 'READY' };
/** Claimed: a call to the carrier may be under way. Written before the call, so a crash leaves it standing. */
export type InFlight = {
  readonly status: 'IN_FLIGHT';
  readonly since: number;
  /** Which dispatcher claimed it, so that it knows its own claims again. */
  readonly by?: string;
};
/** The carrier may or may not have it. `since` is when the call was made, `looks` how often its list was asked. */
export type Ambiguous = {
  readonly status: 'AMBIGUOUS';
  readonly since: number;
  readonly looks: number;
  readonly reason: string;
  /** Which dispatcher looks, or looked last. */
  readonly lookedBy?: string;
};
/** The carrier has it. Leaves the document once the log has its record. */
export type Sent = {
  readonly status: 'SENT';
  readonly at: number;
  readonly sid: string;
  readonly from?: string;
};
/** It will not be sent. `code` is the carrier's number or one of our own words. */
export type Failed = {
  readonly status: 'FAILED';
  readonly at: number;
  readonly code: string;
  readonly message: string;
};
export type Delivery = Ready | InFlight | Ambiguous | Sent | Failed;

/**
 * What is only wanted within its hours. All texts of a batch share them, and come too late together; `runId` is the run
 * that the batch began.
 */
export type Planned = Hours & { readonly batch: number; readonly runId?: string };

/**
 * A text that goes another time, since the carrier gave up what it had taken: whose it is, the how many-th time, and from
 * when on it may go.
 */
export type Again = { readonly of: string; readonly times: number; readonly notBefore: number };

/**
 * One text on its way. `id` is opaque: it travels in callback URLs. `to` is where it goes when that is not the phone as
 * we write it: a WhatsApp address, or the carrier's own spelling of the number. Times are milliseconds since 1970.
 */
export type OutboxItem = {
  readonly id: string;
  /** What led to it. */
  readonly commandId?: CommandId;
  readonly to?: string;
  readonly body: string;
  readonly media?: string;
  readonly kind: TextKind;
  readonly messagingServiceSid?: string;
  /** Whose training it is, and who pays for its segments. */
  readonly employerId?: string;
  readonly unitId?: string;
  readonly language?: Language;
  /** The one whose run it is of. */
  readonly drill?: DrillSlug;
  /** Absent in what somebody waits for: that goes at any hour. */
  readonly planned?: Planned;
  readonly again?: Again;
  /** Whom it was for is erased: its words are nobody's to read, and go when it is settled. */
  readonly forgotten?: true;
  readonly createdAt: number;
  readonly attempts: number;
  readonly delivery: Delivery;
};

/** A text that the carrier took. */
export type SentItem = OutboxItem & { readonly delivery: Sent };

/** A text whose fate could not be decided: kept for an operator, never sent by itself. */
export type ParkedItem = Pick<OutboxItem, 'id' | 'body' | 'media' | 'createdAt'> & {
  readonly parkedAt: number;
  readonly reason: string;
};

/** How often one text was handed over since `since` (milliseconds since 1970). `text` is a digest of it. */
export type Repeat = { readonly text: string; readonly since: number; readonly count: number };

/**
 * All that is on its way to one phone. `revision` guards every write (0: not stored yet). `lastVersion` is the
 * last event batch taken in, `lastOffset` where it stood. `notBefore` is when the head may be acted on again.
 */
export type Outbox = {
  readonly phone: Phone;
  readonly revision: number;
  readonly partition: number;
  readonly lastVersion: number;
  readonly lastOffset?: string;
  readonly optedOut: boolean;
  /** The carrier told us of an opt-out (21610) that the dialog may not know yet. */
  readonly carrierOptOut: boolean;
  /** The latest version whose word on consent was heard: ahead of `lastVersion` while a batch is missing. */
  readonly consentVersion?: number;
  /** The last batch in which the trainee opted in again. */
  readonly optedInVersion?: number;
  /** When that was, in milliseconds since 1970. */
  readonly optedInAt?: number;
  /** Texts up to this version may have gone out before the database was restored. */
  readonly doubtfulTo?: number;
  readonly notBefore: number;
  readonly pending: readonly OutboxItem[];
  readonly recentSids: readonly string[];
  readonly parked: readonly ParkedItem[];
  /** What was said to the phone lately, to notice when two machines talk to each other. */
  readonly repeats?: readonly Repeat[];
  /** What was handed over within the hour, eight at most: the carrier may yet give it up. */
  readonly sentLately?: readonly SentItem[];
};

/** `first`: somebody waits for an answer. `later`: what a schedule or an operator sends. */
export type Priority = 'first' | 'later';

/** Who queues for what: those in doubt wait for the carrier's list, and for nobody who sends. */
export const lanes = ['first', 'later', 'doubtful'] as const;
export type Lane = (typeof lanes)[number];

const kept = { sids: 32, parked: 20 } as const;

/** The outbox of a phone never heard of. */
export const emptyOutbox = (phone: Phone, partition: number): Outbox => ({
  phone,
  revision: 0,
  partition,
  lastVersion: 0,
  optedOut: false,
  carrierOptOut: false,
  notBefore: 0,
  pending: [],
  recentSids: [],
  parked: [],
});

export const isSettled = (item: OutboxItem): boolean =>
  item.delivery.status === 'SENT' || item.delivery.status === 'FAILED';

const isUnderWay = ({ delivery: { status } }: OutboxItem): boolean =>
  status === 'IN_FLIGHT' || status === 'AMBIGUOUS';

/** The text that is being handed over, or else the first that waits for it. */
export const headOf = (outbox: Outbox): OutboxItem | undefined =>
  outbox.pending.find(isUnderWay) ?? outbox.pending.find((item) => !isSettled(item));

/** When something is to be done about a text that waits: it may go then, or comes too late. */
const turnFrom = ({ planned }: OutboxItem, at: number): number => (planned && opensAt(planned, at)) ?? at;

/** What goes again stands before all that waits, and keeps it waiting until its own time. */
const againFrom = ({ pending }: Pick<Outbox, 'pending'>): number =>
  Math.max(0, ...pending.map((item) => (isSettled(item) ? 0 : (item.again?.notBefore ?? 0))));

/** The text whose turn it is at `at`. One that waits for its hours steps aside for those behind it. */
export const turnOf = (outbox: Outbox, at: number): OutboxItem | undefined =>
  outbox.pending.find(isUnderWay) ??
  (againFrom(outbox) > at
    ? undefined
    : outbox.pending.find((item) => !isSettled(item) && turnFrom(item, at) === at));

export const settledOf = (outbox: Outbox): readonly OutboxItem[] => outbox.pending.filter(isSettled);

/** When there is next something to do, in milliseconds since 1970; null when nothing is pending. */
export const dueAt = ({ pending, notBefore }: Pick<Outbox, 'pending' | 'notBefore'>): number | null => {
  if (pending.length === 0) return null;
  if (pending.some((item) => isSettled(item) || isUnderWay(item))) return notBefore;
  const from = Math.max(notBefore, againFrom({ pending }));
  return Math.min(...pending.map((item) => turnFrom(item, from)));
};

/** Is the carrier's list to be asked before anything else can happen? */
export const isDoubtful = (outbox: Outbox): boolean => headOf(outbox)?.delivery.status === 'AMBIGUOUS';

const awaited: Readonly<Record<TextKind, boolean>> = {
  reply: true,
  consent: true,
  started: false,
  reminder: false,
  message: false,
};

/** A reply that stands behind scheduled texts takes them along: the order of a phone is never changed. */
export const priorityOf = (outbox: Outbox): Priority => {
  const open = outbox.pending.filter((item) => !isSettled(item));
  return open.length === 0 || open.some(({ kind }) => awaited[kind]) ? 'first' : 'later';
};

export const laneOf = (outbox: Outbox): Lane => (isDoubtful(outbox) ? 'doubtful' : priorityOf(outbox));

/** Where the text goes: the carrier's spelling of the address, `whatsapp:` before it where it goes there. */
export const addressOf = ({ phone }: Pick<Outbox, 'phone'>, { to }: Pick<OutboxItem, 'to'>): string =>
  to ?? phone;

/** The outbox with one item replaced. */
export const withItem = (outbox: Outbox, item: OutboxItem): Outbox => ({
  ...outbox,
  pending: outbox.pending.map((each) => (each.id === item.id ? item : each)),
});

export const withDelivery = (outbox: Outbox, item: OutboxItem, delivery: Delivery): Outbox =>
  withItem(outbox, { ...item, delivery });

/** Takes out what the log has; bounded, so a document cannot grow without end. */
export const withoutItems = (outbox: Outbox, ids: ReadonlySet<string>): Outbox => ({
  ...outbox,
  pending: outbox.pending.filter((item) => !ids.has(item.id)),
});

export const rememberSid = (outbox: Outbox, sid: string): Outbox => ({
  ...outbox,
  recentSids: [...outbox.recentSids, sid].slice(-kept.sids),
});

export const park = (outbox: Outbox, item: ParkedItem): Outbox => ({
  ...outbox,
  parked: [...outbox.parked, item].slice(-kept.parked),
});

/** Nobody needs to look at this text any more. */
export const unparked = (outbox: Outbox, id: string): Outbox =>
  outbox.parked.some((item) => item.id === id)
    ? { ...outbox, parked: outbox.parked.filter((item) => item.id !== id) }
    : outbox;
