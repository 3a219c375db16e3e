import { randomUUID } from 'node:crypto';
import type { Tracer } from '@stopcovid/runtime';
import type { SendResult, TextGateway } from '../carrier/text-gateway';
import { claimOf, settle, settleByList, type Asker, type DeliveryPolicy } from '../outbox/deliver';
import { openForMs } from '../outbox/hours';
import { addressOf, type Outbox, type OutboxItem } from '../outbox/outbox';
import { CallMemory } from './call-memory';
import type { Refusals } from './refusals';
import type { Settler } from './settler';
import type { TokenBucket } from './token-bucket';
import { traceCall } from './trace-call';

export type CarrierCallParts = {
  readonly gateway: TextGateway;
  readonly bucket: TokenBucket;
  readonly policy: DeliveryPolicy;
  readonly now: () => number;
  readonly tracer: Tracer;
  readonly refusals: Refusals;
  readonly settler: Settler;
  readonly signals: { readonly result: (result: SendResult, tookMs: number) => void };
};

/** Carries claims out: one call to the carrier each, and what it answered is settled. */
export class CarrierCalls {
  readonly #calls = new CallMemory();
  readonly me: Asker = { name: randomUUID(), callOf: (id) => this.#calls.of(id) };

  constructor(private readonly parts: CarrierCallParts) {}

  /** Hands a claimed text over. Resolves when the answer is stored, or given up because the process ends. */
  async send(claimed: Outbox, item: OutboxItem): Promise<void> {
    const { now, policy, signals, settler } = this.parts;
    const startedAt = now();
    const result = await this.#handOver(claimed, item);
    this.#note(item, result);
    signals.result(result, now() - startedAt);
    const at = now();
    const outcome = { claim: claimOf(claimed, item), result };
    await settler.store({ base: claimed, apply: (outbox) => settle(outbox, outcome, { at, policy }) });
  }

  /** Looks for a doubtful text in the carrier's list. Resolves like `send`. */
  async look(claimed: Outbox, item: OutboxItem): Promise<void> {
    const { gateway, now, policy, settler } = this.parts;
    const { id } = item;
    const listed = await gateway.listSentTo(addressOf(claimed, item));
    const at = now();
    await settler.store({
      base: claimed,
      apply: (outbox) => settleByList(outbox, { id, by: this.me.name, listed }, { at, policy }),
    });
  }

  /** A process that stood still after its claim must not send: another owner may have taken the text up. */
  async #handOver(outbox: Outbox, item: OutboxItem): Promise<SendResult> {
    const { gateway, now, policy, tracer } = this.parts;
    const { id, attempts } = item;
    const since = item.delivery.status === 'IN_FLIGHT' ? item.delivery.since : now();
    if (now() - since > policy.claimMs / 4) return { kind: 'notSent', reason: 'the claim is too old' };
    const wantedForMs = item.planned && openForMs(item.planned, now());
    if (item.planned && wantedForMs === undefined)
      return { kind: 'notSent', reason: 'its hours have passed since it was claimed' };
    this.#calls.note(id, { attempts, since });
    const hours = wantedForMs === undefined ? {} : { wantedForMs };
    const text = { ...item, to: addressOf(outbox, item), ...hours };
    const result = await traceCall(tracer, item, () => gateway.send(text));
    if (result.kind === 'accepted') this.#calls.note(id, { attempts, since, sid: result.sid });
    if (result.kind === 'notSent' || result.kind === 'refused') this.#calls.forget(id);
    return result;
  }

  /** What one answer says about all texts. */
  #note(item: OutboxItem, result: SendResult): void {
    const { now, bucket, refusals } = this.parts;
    refusals.hear(item, result, now());
    if (result.kind === 'refused' && result.disposition === 'retry')
      bucket.pauseUntil(now() + (result.retryAfterMs ?? 0));
  }
}
