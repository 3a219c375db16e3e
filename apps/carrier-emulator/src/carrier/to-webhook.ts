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

/** Hands texts to the webhook: those of one phone one after the other, in order. */
export class ToWebhook {
  private readonly turns = new Map<Address, Promise<void>>();

  constructor(private readonly parts: ToWebhookParts) {}

  /** Resolves once the text has been handed over, given up or lost. */
  send(crossing: Crossing): Promise<void> {
    const phone = crossing.message.from;
    const before = this.turns.get(phone) ?? Promise.resolve();
    const turn = before.then(() => this.cross(crossing));
    this.turns.set(phone, turn);
    return turn.finally(() => {
      if (this.turns.get(phone) === turn) this.turns.delete(phone);
    });
  }

  private async cross({ message, consent, faults }: Crossing): Promise<void> {
    const { parts } = this;
    if (faults.inboundDelayMs > 0) await pause(faults.inboundDelayMs, undefined, { ref: false });
    if (parts.isClosed()) return;
    if (parts.random() < faults.loseInbound) return this.settle(message, { kind: 'lost' });
    const onAttempt = (attempt: number): void => {
      if (attempt > 1) parts.replace({ ...message, handover: { kind: 'underWay', attempt } });
    };
    const result = await parts.callWebhook(message, consent, onAttempt);
    this.settle(message, handoverOf(result));
    if (parts.random() < faults.duplicateInbound) await parts.callWebhook(message, consent, () => undefined);
  }

  private settle(message: InboundMessage, handover: Handover): void {
    this.parts.replace({ ...message, status: 'received', updatedAt: this.parts.now(), handover });
  }
}
