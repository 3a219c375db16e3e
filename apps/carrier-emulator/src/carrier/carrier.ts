import { randomUUID } from 'node:crypto';
import { segmentsOf } from '@stopcovid/sms-copy';
import { Subject } from 'rxjs';
import { inboundForm, statusForm } from '../webhooks/webhook-forms';
import { admit, type Draft, type MessageRequest } from './admission';
import type { CarrierOptions, CarrierParts } from './carrier-parts';
import { carrierAnswers, consentWordIn, type ConsentWord } from './consent-words';
import { isCrowdNumber } from './crowd-numbers';
import { effectOf } from './error-codes';
import { FaultBook } from './fault-book';
import {
  drawOrdeal,
  noFaults,
  seededRandom,
  type CarrierSettings,
  type Ordeal,
  type PhoneFaults,
  type Random,
} from './faults';
import { phoneOf, type Address, type InboundMessage, type Message, type OutboundMessage } from './message';
import { MessageLog, type MessageFilter } from './message-log';
import { OptOuts } from './opt-outs';
import { PhoneBook, type Phone } from './phone-book';
import { RateLimit } from './rate-limit';
import type { Refusal } from './refusals';
import { carryToPhone, type RoadParts, type ToPhoneParts } from './to-phone';
import { ToWebhook } from './to-webhook';

/** What a watcher of the phones is told: the new version of a message, a phone, or the settings. */
export type Change =
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'phone'; readonly phone: Phone }
  | { readonly type: 'removal'; readonly phone: Address }
  | { readonly type: 'refusal'; readonly request: MessageRequest; readonly refusal: Refusal }
  | { readonly type: 'settings'; readonly settings: CarrierSettings };

export type Acceptance =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly refusal: Refusal };

/** The carrier: takes messages on, moves them to phones, and hands texts from phones to the webhook. */
export class Carrier {
  readonly changes = new Subject<Change>();
  readonly faults: Pick<FaultBook, 'settings' | 'of' | 'ownOf'>;
  readonly #faultBook: FaultBook;
  readonly #log: MessageLog;
  readonly #book: PhoneBook;
  readonly #optOuts = new OptOuts();
  readonly #rate = new RateLimit();
  readonly #random: Random;
  readonly #toPhone: ToPhoneParts;
  readonly #toWebhook: ToWebhook;
  #lastSequence = 0;
  #closed = false;

  constructor(
    readonly options: CarrierOptions,
    private readonly parts: CarrierParts,
  ) {
    this.#log = new MessageLog(options.limits);
    this.#book = new PhoneBook(options.limits.phonesOnWall);
    this.#faultBook = new FaultBook({ ...noFaults, ratePerSecond: 0, carrierOptOut: options.keepsConsent });
    this.faults = this.#faultBook;
    this.#random = seededRandom(options.seed);
    this.#toPhone = {
      ...this.#road(),
      stepMs: options.stepMs,
      tellStatus: (message) => this.#tellStatus(message),
    };
    this.#toWebhook = new ToWebhook({
      ...this.#road(),
      callWebhook: (message, consent, onAttempt) =>
        parts.deliver(options.webhookUrl, inboundForm(options.accountSid, message, consent), onAttempt),
    });
  }

  get messages(): Pick<MessageLog, 'get' | 'conversation' | 'size'> {
    return this.#log;
  }

  /** What the message list shows by now, newest first; some messages may be listed late. */
  *list(filter: MessageFilter = {}): Generator<Message> {
    const listsLate = this.#faultBook.listsLate;
    const now = this.parts.now().getTime();
    for (const message of this.#log.newestFirst(filter)) {
      const lagMs = listsLate ? this.#faultBook.of(phoneOf(message)).listLagMs : 0;
      if (now - message.createdAt.getTime() >= lagMs) yield message;
    }
  }

  /** Every message in memory after the one with this sequence number, oldest first. */
  since(sequence: number): Iterable<Message> {
    return this.#log.oldestFirst(sequence);
  }

  phones(): readonly Phone[] {
    return this.#book.all();
  }

  isOnWall(phone: Address): boolean {
    return this.#book.get(phone) !== undefined;
  }

  isOptedOut(phone: Address): boolean {
    return this.#faultBook.settings.carrierOptOut && this.#optOuts.has(phone);
  }

  change(settings: Partial<CarrierSettings>): void {
    this.#faultBook.change(settings);
    this.changes.next({ type: 'settings', settings: this.#faultBook.settings });
    if (settings.carrierOptOut !== undefined)
      for (const { address } of this.phones()) this.#announcePhone(address);
  }

  /** Adds to the faults of one phone. Whether there was room for one more phone with its own. */
  changePhone(phone: Address, faults: Partial<PhoneFaults>): boolean {
    const done = this.#faultBook.changeOwn(phone, faults);
    this.#announcePhone(phone);
    return done;
  }

  /** Takes a phone's own faults away. */
  healPhone(phone: Address): void {
    this.#faultBook.removeOwn(phone);
    this.#announcePhone(phone);
  }

  /** How a create request will be dealt with, the rate limit included. */
  drawOrdeal(to: Address | undefined): Ordeal {
    const { ratePerSecond } = this.#faultBook.settings;
    if (!this.#rate.take(ratePerSecond, this.parts.now().getTime())) return 'throttled';
    return drawOrdeal(this.#faultBook.of(to), this.#random);
  }

  addPhone(wanted: { readonly address?: Address; readonly name?: string }): Phone | undefined {
    const phone = this.#book.create(wanted);
    if (phone) this.changes.next({ type: 'phone', phone });
    return phone;
  }

  /** Takes a phone's texts, its own faults and the carrier's knowledge of its consent away; the phone stays. */
  emptyPhone(phone: Address): void {
    this.#log.forgetPhone(phone);
    this.#optOuts.delete(phone);
    this.healPhone(phone);
  }

  /** Empties a phone and takes it off the wall, until the service texts it. */
  removePhone(phone: Address): void {
    this.emptyPhone(phone);
    if (this.#book.remove(phone)) this.changes.next({ type: 'removal', phone });
  }

  /** Tells who watches that the service asked for a message which is not taken. */
  turnAway(request: MessageRequest, refusal: Refusal): void {
    this.changes.next({ type: 'refusal', request, refusal });
  }

  /** Takes a message of the service on and sees to its way; the answer does not wait for delivery. */
  accept(request: MessageRequest): Acceptance {
    const effect = effectOf(this.#faultBook.of(request.to).errorCode);
    if (effect?.kind === 'refused') return { ok: false, refusal: effect.refusal };
    const admission = admit(request, {
      ownNumber: this.options.ownNumber,
      optedOut: (address) => this.isOptedOut(address),
    });
    if (!admission.ok) return admission;
    return { ok: true, message: this.#sendToPhone(admission.draft, 'outbound-api') };
  }

  /** A text from a phone. Texts of one phone reach the webhook one after the other, in order. */
  receive(
    phone: Address,
    text: { readonly body: string; readonly media?: readonly string[] },
  ): InboundMessage {
    this.#show(phone);
    const { body, media = [] } = text;
    const envelope = this.#envelope({ from: phone, to: this.#recipientOf(phone), body, media });
    const message: InboundMessage = {
      ...envelope,
      sentAt: envelope.createdAt,
      direction: 'inbound',
      status: 'receiving',
      handover: { kind: 'underWay', attempt: 1 },
    };
    this.#record(message);
    const consent = this.#faultBook.settings.carrierOptOut ? consentWordIn(phone, body) : undefined;
    if (consent) this.#keepConsent(phone, consent);
    this.#toWebhook.send({ message, consent, faults: this.#faultBook.of(phone) });
    return message;
  }

  /** Forgets all messages; phones, settings and consent stay. */
  forgetMessages(): void {
    this.#log.clear();
  }

  /** Stops moving messages and ends every watcher's stream. */
  close(): void {
    this.#closed = true;
    this.changes.complete();
  }

  #road(): RoadParts {
    return {
      now: this.parts.now,
      random: this.#random,
      replace: (message) => this.#replace(message),
      isClosed: () => this.#closed,
    };
  }

  #recipientOf(phone: Address): Address {
    return phone.startsWith('whatsapp:') ? `whatsapp:${this.options.ownNumber}` : this.options.ownNumber;
  }

  #envelope(draft: Draft) {
    const now = this.parts.now();
    this.#lastSequence += 1;
    return {
      // Random, not seeded: a service that outlives this process must never meet an id again.
      sid: `${draft.media.length > 0 ? 'MM' : 'SM'}${randomUUID().replaceAll('-', '')}`,
      sequence: this.#lastSequence,
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

  #sendToPhone(draft: Draft, direction: OutboundMessage['direction']): OutboundMessage {
    this.#show(draft.to);
    const message: OutboundMessage = {
      ...this.#envelope(draft),
      direction,
      status: draft.messagingServiceSid ? 'accepted' : 'queued',
      ...(draft.statusCallback ? { statusCallback: draft.statusCallback } : {}),
    };
    this.#record(message);
    void carryToPhone(this.#toPhone, message, this.#faultBook.of(draft.to));
    return message;
  }

  async #tellStatus(message: OutboundMessage): Promise<void> {
    if (message.statusCallback === undefined || this.#closed) return;
    const form = statusForm(this.options.accountSid, message);
    await this.parts.deliver(message.statusCallback, form, () => undefined);
  }

  #keepConsent(phone: Address, word: ConsentWord): void {
    if (word === 'STOP') this.#optOuts.add(phone);
    if (word === 'START') this.#optOuts.delete(phone);
    this.#announcePhone(phone);
    const draft = { to: phone, from: this.#recipientOf(phone), body: carrierAnswers[word], media: [] };
    this.#sendToPhone(draft, 'outbound-reply');
  }

  #announcePhone(address: Address): void {
    const phone = this.#book.get(address);
    if (phone) this.changes.next({ type: 'phone', phone });
  }

  #show(address: Address): void {
    if (!this.#book.get(address) && !isCrowdNumber(address)) this.addPhone({ address });
  }

  #record(message: Message): void {
    this.#log.add(message);
    this.changes.next({ type: 'message', message });
  }

  #replace(message: Message): void {
    this.#log.replace(message);
    // Also of a message that the log has forgotten: who counts what is under way must hear how it ended.
    if (!this.#closed) this.changes.next({ type: 'message', message });
  }
}
