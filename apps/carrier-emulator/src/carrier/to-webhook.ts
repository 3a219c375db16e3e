import { setTimeout as pause } from 'node:timers/promises';
import type { WebhookResult } from '../webhooks/deliver-webhook';
import type { ConsentWord } from './consent-words';
import type { PhoneFaults } from './faults';
import type { Address, Handover, InboundMessage } from './message';
import type { RoadParts } from './to-phone';

export type ToWebhookParts = RoadParts & {
  /** Calls the webhook with a text until it is taken or given up; hears of each attempt, counting from 1. */
  readonly callWebhook: (
    message: InboundMessage,
    consent: ConsentWord | undefined,
    onAttempt: (attempt: number) => void,
  ) => Promise<WebhookResult>;
};

/** One text on its way to the webhook. */
export type Crossing = {
  readonly message: InboundMessage;
  readonly consent: ConsentWord | undefined;
  readonly faults: PhoneFaults;
};

const handoverOf = (result: WebhookResult): Handover =>
  result.kind === 'delivered' ? { kind: 'accepted' } : { kind: 'refused', reason: result.reason };

/** How long a text that lets the next one pass waits for it. */
const heldAtMostMs = 2_000;

type Held = { readonly crossing: Crossing; readonly timer: NodeJS.Timeout };

/** Hands texts to the webhook: those of one phone one after the other, in order unless its faults say otherwise. */
export class ToWebhook {
  readonly #turns = new Map<Address, Promise<void>>();
  readonly #held = new Map<Address, Held>();

  constructor(private readonly parts: ToWebhookParts) {}

  send(crossing: Crossing): void {
    const phone = crossing.message.from;
    const overtaken = this.#held.get(phone);
    if (!overtaken && this.parts.random() < crossing.faults.reorderInbound) return this.#hold(crossing);
    this.#queue(crossing);
    if (overtaken) this.#release(phone, overtaken);
  }

  #hold(crossing: Crossing): void {
    const phone = crossing.message.from;
    const timer = setTimeout(() => this.#release(phone, held), heldAtMostMs);
    timer.unref();
    const held: Held = { crossing, timer };
    this.#held.set(phone, held);
  }

  #release(phone: Address, { crossing, timer }: Held): void {
    clearTimeout(timer);
    this.#held.delete(phone);
    this.#queue(crossing);
  }

  #queue(crossing: Crossing): void {
    const phone = crossing.message.from;
    const before = this.#turns.get(phone) ?? Promise.resolve();
    const turn = before.then(() => this.#cross(crossing));
    this.#turns.set(phone, turn);
    void turn.finally(() => {
      if (this.#turns.get(phone) === turn) this.#turns.delete(phone);
    });
  }

  async #cross({ message, consent, faults }: Crossing): Promise<void> {
    const { parts } = this;
    if (faults.inboundDelayMs > 0) await pause(faults.inboundDelayMs, undefined, { ref: false });
    if (parts.isClosed()) return;
    if (parts.random() < faults.loseInbound) return this.#settle(message, { kind: 'lost' });
    const onAttempt = (attempt: number): void => {
      if (attempt > 1) parts.replace({ ...message, handover: { kind: 'underWay', attempt } });
    };
    const result = await parts.callWebhook(message, consent, onAttempt);
    this.#settle(message, handoverOf(result));
    if (parts.random() < faults.duplicateInbound) await parts.callWebhook(message, consent, () => undefined);
  }

  #settle(message: InboundMessage, handover: Handover): void {
    this.parts.replace({ ...message, status: 'received', updatedAt: this.parts.now(), handover });
  }
}
