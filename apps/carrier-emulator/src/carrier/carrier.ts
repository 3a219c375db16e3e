import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { segmentsOf } from '@stopcovid/sms-copy';
import { Subject } from 'rxjs';
import type { WebhookForm, WebhookResult } from '../webhooks/deliver-webhook';
import { inboundForm, statusForm } from '../webhooks/webhook-forms';
import { admit, type Draft, type MessageRequest } from './admission';
import { carrierAnswers, consentWordIn, type ConsentWord } from './consent-words';
import { drawOrdeal, noFaults, seededRandom, type FaultSettings, type Ordeal, type Random } from './faults';
import type { Address, InboundMessage, Message, OutboundMessage } from './message';
import { MessageLog, type MemoryLimits } from './message-log';
import { PhoneBook, type Phone } from './phone-book';
import type { Refusal } from './refusals';

export type CarrierOptions = {
  readonly accountSid: string;
  readonly ownNumber: Address;
  readonly webhookUrl: string;
  /** Whether the carrier keeps consent itself, as Twilio does by default. */
  readonly keepsConsent: boolean;
  /** How long a message takes from each status to the next. */
  readonly stepMs: number;
  readonly seed: number;
  readonly limits: MemoryLimits & { readonly phonesOnWall: number };
};

export type CarrierParts = {
  readonly now: () => Date;
  /** Posts one webhook until it is taken or given up. */
  readonly deliver: (
    url: string,
    form: WebhookForm,
    onAttempt: (n: number) => void,
  ) => Promise<WebhookResult>;
};

/** What a watcher of the phones is told: the new version of a message, a phone, or the settings. */
export type Change =
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'phone'; readonly phone: Phone }
  | { readonly type: 'settings'; readonly settings: FaultSettings };

const unreachableHandset = { code: 30003, message: 'Unreachable destination handset' } as const;

/** The carrier: takes messages on, moves them to phones, and hands texts from phones to the webhook. */
export class Carrier {
  readonly changes = new Subject<Change>();
  private readonly log: MessageLog;
  private readonly book: PhoneBook;
  private readonly optOuts = new Set<Address>();
  private readonly outgoing = new Map<Address, Promise<void>>();
  private readonly random: Random;
  private faults: FaultSettings = noFaults;
  private lastSequence = 0;
  private closed = false;

  constructor(
    readonly options: CarrierOptions,
    private readonly parts: CarrierParts,
  ) {
    this.log = new MessageLog(options.limits);
    this.book = new PhoneBook(options.limits.phonesOnWall);
    this.random = seededRandom(options.seed);
  }

  get messages(): Pick<MessageLog, 'get' | 'newestFirst' | 'conversation' | 'size' | 'clear'> {
    return this.log;
  }

  get settings(): FaultSettings {
    return this.faults;
  }

  phones(): readonly Phone[] {
    return this.book.all();
  }

  isOptedOut(phone: Address): boolean {
    return this.optOuts.has(phone);
  }

  change(settings: Partial<FaultSettings>): void {
    this.faults = { ...this.faults, ...settings };
    this.changes.next({ type: 'settings', settings: this.faults });
  }

  drawOrdeal(): Ordeal {
    return drawOrdeal(this.faults, this.random);
  }

  addPhone(wanted: { readonly address?: Address; readonly name?: string }): Phone | undefined {
    const phone = this.book.create(wanted);
    if (phone) this.changes.next({ type: 'phone', phone });
    return phone;
  }

  /** Takes a message of the service on and sees to its way; the answer does not wait for delivery. */
  accept(request: MessageRequest): { ok: true; message: Message } | { ok: false; refusal: Refusal } {
    const admission = admit(request, {
      ownNumber: this.options.ownNumber,
      optedOut: (address) => this.optOuts.has(address),
    });
    if (!admission.ok) return admission;
    const message = this.outbound(admission.draft, 'outbound-api');
    void this.carryToPhone(message);
    return { ok: true, message };
  }

  /** A text from a phone. Texts of one phone reach the webhook one after the other, in order. */
  receive(phone: Address, body: string): InboundMessage {
    this.show(phone);
    const envelope = this.envelope({ from: phone, to: this.recipientOf(phone), body, media: [] });
    const message: InboundMessage = {
      ...envelope,
      sentAt: envelope.createdAt,
      direction: 'inbound',
      status: 'receiving',
      handover: { kind: 'underWay', attempt: 1 },
    };
    this.record(message);
    const consent = this.options.keepsConsent ? consentWordIn(body) : undefined;
    if (consent) this.keepConsent(phone, consent);
    const before = this.outgoing.get(phone) ?? Promise.resolve();
    const turn = before.then(() => this.handOver(message, consent));
    this.outgoing.set(phone, turn);
    void turn.finally(() => {
      if (this.outgoing.get(phone) === turn) this.outgoing.delete(phone);
    });
    return message;
  }

  /** Stops moving messages and ends every watcher's stream. */
  close(): void {
    this.closed = true;
    this.changes.complete();
  }

  private recipientOf(phone: Address): Address {
    return phone.startsWith('whatsapp:') ? `whatsapp:${this.options.ownNumber}` : this.options.ownNumber;
  }

  private envelope(draft: Draft) {
    const now = this.parts.now();
    this.lastSequence += 1;
    return {
      // Random, not seeded: a service that outlives this process must never meet an id again.
      sid: `${draft.media.length > 0 ? 'MM' : 'SM'}${randomUUID().replaceAll('-', '')}`,
      sequence: this.lastSequence,
      from: draft.from,
      to: draft.to,
      body: draft.body,
      media: draft.media,
      segments: Math.max(1, segmentsOf(draft.body).segments),
      createdAt: now,
      updatedAt: now,
      ...(draft.messagingServiceSid ? { messagingServiceSid: draft.messagingServiceSid } : {}),
    };
  }

  private outbound(draft: Draft, direction: OutboundMessage['direction']): OutboundMessage {
    this.show(draft.to);
    const message: OutboundMessage = {
      ...this.envelope(draft),
      direction,
      status: draft.messagingServiceSid ? 'accepted' : 'queued',
      ...(draft.statusCallback ? { statusCallback: draft.statusCallback } : {}),
    };
    this.record(message);
    return message;
  }

  private async carryToPhone(accepted: OutboundMessage): Promise<void> {
    const arrives = this.random() >= this.faults.undelivered;
    const steps = [
      ...(accepted.status === 'accepted' ? (['queued'] as const) : []),
      'sent' as const,
      arrives ? ('delivered' as const) : ('undelivered' as const),
    ];
    let message = accepted;
    let told: Promise<void> = Promise.resolve();
    for (const status of steps) {
      await pause(this.options.stepMs, undefined, { ref: false });
      if (this.closed) return;
      const updatedAt = this.parts.now();
      message = {
        ...message,
        status,
        updatedAt,
        ...(status === 'sent' ? { sentAt: updatedAt } : {}),
        ...(status === 'undelivered' ? { error: unreachableHandset } : {}),
      };
      this.replace(message);
      const news = message;
      // One callback after the other, so that their order is kept while nothing disturbs it.
      told = told.then(() => this.tellStatus(news));
    }
    await told;
  }

  private async tellStatus(message: OutboundMessage): Promise<void> {
    if (message.statusCallback === undefined || this.closed) return;
    const copies = this.random() < this.faults.duplicateCallbacks ? 2 : 1;
    const form = statusForm(this.options.accountSid, message);
    for (let copy = 0; copy < copies; copy += 1) {
      await this.parts.deliver(message.statusCallback, form, () => undefined);
    }
  }

  private async handOver(message: InboundMessage, consent: ConsentWord | undefined): Promise<void> {
    if (this.closed) return;
    const form = inboundForm(this.options.accountSid, message, consent);
    const result = await this.parts.deliver(this.options.webhookUrl, form, (attempt) => {
      if (attempt > 1) this.replace({ ...message, handover: { kind: 'underWay', attempt } });
    });
    const now = this.parts.now();
    this.replace({
      ...message,
      status: 'received',
      updatedAt: now,
      handover:
        result.kind === 'delivered' ? { kind: 'accepted' } : { kind: 'refused', reason: result.reason },
    });
  }

  private keepConsent(phone: Address, word: ConsentWord): void {
    if (word === 'STOP') this.optOuts.add(phone);
    if (word === 'START') this.optOuts.delete(phone);
    const shown = this.book.get(phone);
    if (shown) this.changes.next({ type: 'phone', phone: shown });
    const draft = { to: phone, from: this.recipientOf(phone), body: carrierAnswers[word], media: [] };
    void this.carryToPhone(this.outbound(draft, 'outbound-reply'));
  }

  private show(address: Address): void {
    if (!this.book.get(address)) this.addPhone({ address });
  }

  private record(message: Message): void {
    this.log.add(message);
    this.changes.next({ type: 'message', message });
  }

  private replace(message: Message): void {
    if (this.log.replace(message) && !this.closed) this.changes.next({ type: 'message', message });
  }
}
