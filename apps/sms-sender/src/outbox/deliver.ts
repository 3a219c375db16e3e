import { unreachable } from '@stopcovid/runtime';
import type { Call } from '../dispatch/call-memory';
import { hearCarrierOptOut, heardVersion, mayReceive } from './consent';
import { failureOf } from './failure-codes';
import { opensAt } from './hours';
import { countRepeat, isLooping, type LoopRule } from './loop-guard';
import { matchListed } from '../carrier/match-listed';
import {
  headOf,
  park,
  rememberSid,
  settledOf,
  turnOf,
  withDelivery,
  withItem,
  withoutItems,
  type Ambiguous,
  type Outbox,
  type OutboxItem,
  type Planned,
} from './outbox';
import { rememberSent } from './sent-lately';
import type { ListedText, SendResult } from '../carrier/text-gateway';

/** The operator's choices, times in milliseconds. */
export type DeliveryPolicy = {
  readonly pauseMs: number;
  readonly pauseAfterMediaMs: number;
  /** Older texts are stale: nobody wants yesterday's question at night. */
  readonly maxAgeMs: number;
  /** How long a claim stands before its owner counts as dead. Longer than the call's time limit. */
  readonly claimMs: number;
  /** Before each look into the carrier's list. */
  readonly lookAfterMs: number;
  readonly looks: number;
  readonly onUndecided: 'park' | 'resend';
  readonly retryMs: number;
  readonly retryLaterMs: number;
  /** Absent: no text is ever taken for a loop. */
  readonly loop?: LoopRule;
};

/** What may be done now for a phone whose time has come. `outbox` is what must be stored before doing it. */
export type Step =
  | { readonly do: 'send'; readonly item: OutboxItem; readonly outbox: Outbox }
  | { readonly do: 'look'; readonly item: OutboxItem & { delivery: Ambiguous }; readonly outbox: Outbox }
  | { readonly do: 'store'; readonly outbox: Outbox }
  | { readonly do: 'announce'; readonly outbox: Outbox };

/** The dispatcher that asks, which works on nothing of this phone now: its name in claims, and its call of a text. */
export type Asker = { readonly name: string; readonly callOf: (id: string) => Call | undefined };
export type When = { readonly at: number; readonly policy: DeliveryPolicy; readonly me?: Asker };

/** The next step for a phone. Consent and age are checked here, in the same write that claims the text. */
export const nextStep = (outbox: Outbox, when: When): Step => {
  const head = turnOf(outbox, when.at);
  if (!head) return nobodysTurn(outbox, when);
  const { delivery } = head;
  switch (delivery.status) {
    case 'READY':
      return readyStep(outbox, head, when);
    case 'IN_FLIGHT':
      return { do: 'store', outbox: abandoned(outbox, head, { ...when, by: delivery.by }) };
    case 'AMBIGUOUS':
      return lookStep(outbox, { ...head, delivery }, when);
    case 'SENT':
    case 'FAILED':
      return { do: 'announce', outbox };
    default:
      return unreachable(delivery);
  }
};

/** All are settled, or those that are left wait for their hours: the phone is looked at again when the first opens. */
const nobodysTurn = (outbox: Outbox, { at }: When): Step =>
  headOf(outbox) && settledOf(outbox).length === 0
    ? { do: 'store', outbox: { ...outbox, notBefore: Math.max(outbox.notBefore, at) } }
    : { do: 'announce', outbox };

/** A look is a claim too: while it goes on, and after its owner has died, nobody else looks before its time. */
const lookStep = (
  outbox: Outbox,
  head: OutboxItem & { delivery: Ambiguous },
  { at, policy, me }: When,
): Step => {
  const delivery = { ...head.delivery, ...(me === undefined ? {} : { lookedBy: me.name }) };
  const item = { ...head, delivery };
  return { do: 'look', item, outbox: { ...withItem(outbox, item), notBefore: at + policy.claimMs } };
};

const readyStep = (outbox: Outbox, head: OutboxItem, when: When): Step => {
  const { at, policy, me } = when;
  const call = forgottenCall(head, me);
  if (call)
    return { do: 'store', outbox: recalled(outbox, { ...head, attempts: call.attempts }, { ...when, call }) };
  if (!mayReceive(outbox, head.kind))
    return { do: 'store', outbox: withoutItems(outbox, new Set([head.id])) };
  if (head.planned && opensAt(head.planned, at) === undefined)
    return { do: 'store', outbox: expired(outbox, head.planned, at) };
  const reason = reasonNotToSend(outbox, head, when);
  if (reason) return { do: 'store', outbox: failed(outbox, head, { at, ...reason }) };
  const item: OutboxItem = {
    ...head,
    attempts: head.attempts + 1,
    delivery: { status: 'IN_FLIGHT', since: at, ...(me === undefined ? {} : { by: me.name }) },
  };
  return { do: 'send', item, outbox: { ...withItem(outbox, item), notBefore: at + policy.claimMs } };
};

type Reason = { readonly code: string; readonly message: string };

const reasonNotToSend = (outbox: Outbox, head: OutboxItem, { at, policy }: When): Reason | undefined => {
  if (head.forgotten) return failureOf('ERASED');
  if (!head.planned && at - head.createdAt > policy.maxAgeMs) return failureOf('STALE');
  if (policy.loop && !head.again && isLooping(outbox.repeats ?? [], head, { at, rule: policy.loop }))
    return failureOf('LOOP');
  return undefined;
};

/** A call of a later attempt than the text has: the store was set back to before a claim that it had acknowledged. */
export const forgottenCall = ({ id, attempts }: OutboxItem, me: Asker | undefined): Call | undefined => {
  const call = me?.callOf(id);
  return call && call.attempts > attempts ? call : undefined;
};

const recalled = (outbox: Outbox, item: OutboxItem, { call, at, policy }: When & { call: Call }): Outbox => {
  if (call.sid !== undefined) return sent(outbox, item, { at, policy, sid: call.sid });
  const reason = 'the store forgot that it was claimed';
  return suspect(
    outbox,
    { ...item, delivery: { status: 'IN_FLIGHT', since: call.since } },
    { at, policy, reason },
  );
};

/** A claim that nobody works on any more. A dispatcher that made no call for its own claim knows that nobody did. */
const abandoned = (
  outbox: Outbox,
  head: OutboxItem,
  { by, me, at, policy }: When & { by: string | undefined },
): Outbox =>
  me && by === me.name && me.callOf(head.id)?.attempts !== head.attempts
    ? again(outbox, head, at)
    : suspect(outbox, head, { at, policy, reason: 'claimed, then not heard of' });

const failed = (
  outbox: Outbox,
  item: OutboxItem,
  why: { at: number; code: string; message: string },
): Outbox => ({ ...withDelivery(outbox, item, { status: 'FAILED', ...why }), notBefore: why.at });

/** What was planned together comes too late together: nobody wants the second half of a drill's beginning. */
const expired = (outbox: Outbox, { batch }: Planned, at: number): Outbox => ({
  ...outbox,
  notBefore: at,
  pending: outbox.pending.map((item) =>
    item.delivery.status === 'READY' && item.planned?.batch === batch
      ? { ...item, delivery: { status: 'FAILED', at, ...failureOf('EXPIRED') } }
      : item,
  ),
});

const suspect = (outbox: Outbox, item: OutboxItem, why: When & { reason: string }): Outbox => {
  const since = item.delivery.status === 'IN_FLIGHT' ? item.delivery.since : why.at;
  return {
    ...withDelivery(outbox, item, { status: 'AMBIGUOUS', since, looks: 0, reason: why.reason }),
    notBefore: why.at + why.policy.lookAfterMs,
  };
};

/** The carrier has the text: the phone pauses, and the log will be told. */
export const sent = (
  outbox: Outbox,
  item: OutboxItem,
  has: When & { sid: string; from?: string },
): Outbox => {
  const { at, sid, from, policy } = has;
  const pause = item.media === undefined ? policy.pauseMs : policy.pauseAfterMediaMs;
  const delivery = { status: 'SENT', at, sid, ...(from === undefined ? {} : { from }) } as const;
  const repeats =
    policy.loop && !item.again
      ? { repeats: countRepeat(outbox.repeats ?? [], item, { at, rule: policy.loop }) }
      : {};
  const remembered = rememberSent(rememberSid(withDelivery(outbox, item, delivery), sid), {
    ...item,
    delivery,
  });
  return { ...remembered, ...repeats, notBefore: at + pause };
};

const again = (outbox: Outbox, item: OutboxItem, notBefore: number): Outbox => ({
  ...withDelivery(outbox, item, { status: 'READY' }),
  notBefore,
});

const backoff = { mostMs: 3_600_000, spread: 1 / 4 } as const;

/** No text that may go is put off for longer, but by the carrier's own word or for its hours. */
export const longestBackoffMs = backoff.mostMs * (1 + backoff.spread);

/** Doubles from `firstMs` up to an hour, plus up to a quarter, spread by the text's id so that phones do not march in step. */
export const backoffMs = (firstMs: number, item: Pick<OutboxItem, 'id' | 'attempts'>): number => {
  const doubled = Math.min(firstMs * 2 ** Math.max(0, Math.min(item.attempts, 16) - 1), backoff.mostMs);
  const spread = (Number.parseInt(item.id.slice(0, 4), 16) || 0) / 0xffff;
  return Math.round(doubled * (1 + spread * backoff.spread));
};

/** One claim of a text: which attempt it was, and the latest version heard of when it was made. */
export type Claim = { readonly id: string; readonly attempts: number; readonly version: number };

/** The claim that `nextStep` has just made. */
export const claimOf = (outbox: Outbox, { id, attempts }: OutboxItem): Claim => ({
  id,
  attempts,
  version: heardVersion(outbox),
});

/**
 * The outbox after a call. A text that is no longer in flight by this very claim is left alone: somebody else has
 * settled it, or has claimed it since.
 */
export const settle = (
  outbox: Outbox,
  { claim, result }: { claim: Claim; result: SendResult },
  { at, policy }: When,
): Outbox => {
  const item = outbox.pending.find(({ id }) => id === claim.id);
  if (item?.delivery.status !== 'IN_FLIGHT' && item?.delivery.status !== 'AMBIGUOUS') return outbox;
  if (item.attempts !== claim.attempts) return outbox;
  switch (result.kind) {
    case 'accepted':
      return sent(outbox, item, { ...result, at, policy });
    case 'notSent':
      return again(outbox, item, at + backoffMs(policy.retryMs, item));
    case 'unknown':
      return suspect(outbox, item, { at, policy, reason: result.reason });
    case 'refused':
      return refused(outbox, item, { ...result, at, policy, claim });
    default:
      return unreachable(result);
  }
};

type Refusal = Extract<SendResult, { kind: 'refused' }>;

const refused = (outbox: Outbox, item: OutboxItem, why: Refusal & When & { claim: Claim }): Outbox => {
  const { at, policy, disposition } = why;
  switch (disposition) {
    case 'retry':
      return again(outbox, item, at + Math.max(why.retryAfterMs ?? 0, backoffMs(policy.retryMs, item)));
    case 'account':
      return again(outbox, item, at + policy.retryMs);
    case 'sender':
    case 'retryLater':
      return again(outbox, item, at + Math.max(why.retryAfterMs ?? 0, backoffMs(policy.retryLaterMs, item)));
    case 'permanent':
    case 'configuration':
      return failed(outbox, item, { at, code: why.code, message: why.message });
    case 'optOut':
      return hearCarrierOptOut(failed(outbox, item, { at, code: why.code, message: why.message }), why.claim);
    default:
      return unreachable(disposition);
  }
};

/** The outbox after a look into the carrier's list: found is sent; not found after the last look is parked or resent. */
export const settleByList = (
  outbox: Outbox,
  seen: { id: string; by?: string | undefined; listed: readonly ListedText[] | undefined },
  { at, policy }: When,
): Outbox => {
  const item = outbox.pending.find(({ id }) => id === seen.id);
  if (item?.delivery.status !== 'AMBIGUOUS' || item.delivery.lookedBy !== seen.by) return outbox;
  if (!seen.listed) return { ...outbox, notBefore: at + policy.lookAfterMs };
  const suspected = { ...item, delivery: item.delivery };
  const found = matchListed(suspected, seen.listed, new Set(outbox.recentSids));
  if (found) return sent(outbox, item, { ...found, at, policy });
  const looks = item.delivery.looks + 1;
  if (looks < policy.looks)
    return {
      ...withDelivery(outbox, item, { ...item.delivery, looks }),
      notBefore: at + policy.lookAfterMs,
    };
  return policy.onUndecided === 'resend' ? again(outbox, item, at) : parked(outbox, suspected, at);
};

const parked = (outbox: Outbox, item: OutboxItem & { delivery: Ambiguous }, at: number): Outbox => {
  const { id, body, media, createdAt, delivery } = item;
  const kept = { id, body, ...(media === undefined ? {} : { media }), createdAt, parkedAt: at };
  const known = item.forgotten ? outbox : park(outbox, { ...kept, reason: delivery.reason });
  return failed(known, item, { at, ...failureOf('UNDECIDED', delivery.reason) });
};

/** The outbox once the log has the records of `ids`. */
export const announced = (outbox: Outbox, ids: ReadonlySet<string>): Outbox => withoutItems(outbox, ids);

/** The outbox when the log would not take its records: they stay, and what is only waiting for it waits a little. */
export const notAnnounced = (outbox: Outbox, { at, policy }: When): Outbox =>
  turnOf(outbox, at) || settledOf(outbox).length === 0
    ? outbox
    : { ...outbox, notBefore: Math.max(outbox.notBefore, at + policy.retryMs) };
