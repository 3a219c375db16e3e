import { twilioErrors, whatsappPrefix } from '@stopcovid/twilio';
import type { SendResult } from '../carrier/text-gateway';
import type { OutboxItem } from '../outbox/outbox';
import type { ReportedRefusal } from '../outbox/status-report';

/** Who sends a text: a messaging service by its sid, the number or service of the configuration, or its WhatsApp sender. */
export type SenderName = string;
const [ours, onWhatsapp] = ['default', 'whatsapp'] as const;

export const senderOf = ({
  to,
  messagingServiceSid,
}: Pick<OutboxItem, 'to' | 'messagingServiceSid'>): SenderName =>
  to?.startsWith(whatsappPrefix) ? onWhatsapp : (messagingServiceSid ?? ours);

/** What somebody can do about it who reads no code of Twilio's. */
export const remedies = {
  account:
    'set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (or TWILIO_API_KEY_SID and TWILIO_API_KEY_SECRET) right, or mend the account',
  sender: 'set TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID right, or mend the sender',
} as const;

/** `reported`: by a status callback. Such a sender takes texts and gives them up later, so that it takes one proves nothing. */
type Pause = { readonly until: number; readonly reason: string; readonly reported: boolean };
export type RefusalParts = {
  /** How long whoever was refused is left alone before one text tries again, in milliseconds. */
  readonly pauseMs: number;
  /** How long that one has for its answer before another tries. */
  readonly probeMs: number;
  /** Once, when the pause begins; a sender by its name. */
  readonly onRefused: (who: 'account' | 'sender', refusal: { sender: SenderName; code: string }) => void;
  readonly onAccepted: (who: 'account' | 'sender', sender: SenderName) => void;
};

/**
 * Who is refused by the carrier, and for how long it is left alone: the whole account, or one sender while the others go
 * on. Times are milliseconds since 1970.
 */
export class Refusals {
  #account: Pause | undefined;
  readonly #senders = new Map<SenderName, Pause>();
  readonly #acceptedAt = new Map<SenderName, number>();

  constructor(private readonly parts: RefusalParts) {}

  /** Until when nothing may go, or undefined. Once that has passed, one text at a time may try. */
  get accountUntil(): number | undefined {
    return this.#account?.until;
  }

  /** Until when a text has to wait for its sender, or undefined: it may go. Of many that ask, one may try again. */
  waitFor(item: OutboxItem, at: number): number | undefined {
    const sender = senderOf(item);
    const pause = this.#senders.get(sender);
    if (!pause) return undefined;
    if (at < pause.until) return pause.until;
    this.#senders.set(sender, { ...pause, until: at + this.parts.probeMs, reported: false });
    return undefined;
  }

  /** What the answer to one text says about all. */
  hear(item: OutboxItem, result: SendResult, at: number): void {
    if (result.kind === 'accepted') this.#accepted(senderOf(item), at);
    if (result.kind !== 'refused') return;
    if (result.disposition === 'account') this.#refuseAccount(item, result, at);
    if (result.disposition === 'sender' && !this.#concernsItAlone(item, at))
      this.#refuseSender(item, result, at);
  }

  /** What a report on one text says about all. The pause lasts, whatever is accepted meanwhile. */
  hearReport({ item, disposition, code, at }: ReportedRefusal): void {
    const refusal = { code, message: twilioErrors[code]?.meaning ?? 'refused afterwards', reported: true };
    if (disposition === 'account') this.#refuseAccount(item, refusal, at);
    else this.#refuseSender(item, refusal, at);
  }

  /** Why nothing that has no sender of its own is sent and what can be done, or undefined. */
  get stoppedBy(): string | undefined {
    if (this.#account) return `Twilio refuses the account, ${this.#account.reason}; ${remedies.account}`;
    const sender = this.#senders.get(ours);
    return sender && `Twilio refuses the sender, ${sender.reason}; ${remedies.sender}`;
  }

  /** Who else is refused, and why. */
  get others(): readonly string[] {
    return [...this.#senders].flatMap(([name, { reason }]) => (name === ours ? [] : [`${name} ${reason}`]));
  }

  #accepted(sender: SenderName, at: number): void {
    this.#acceptedAt.set(sender, at);
    if (this.#account && !lasts(this.#account, at)) {
      this.#account = undefined;
      this.parts.onAccepted('account', sender);
    }
    const paused = this.#senders.get(sender);
    if (!paused || lasts(paused, at)) return;
    this.#senders.delete(sender);
    this.parts.onAccepted('sender', sender);
  }

  /** A text that is refused again, though its sender has just sent others, holds up nobody but its own phone. */
  #concernsItAlone(item: OutboxItem, at: number): boolean {
    const acceptedAt = this.#acceptedAt.get(senderOf(item)) ?? -Infinity;
    return item.attempts > 1 && !this.#senders.has(senderOf(item)) && at - acceptedAt < this.parts.pauseMs;
  }

  #refuseAccount(item: OutboxItem, { code, message, reported = false }: Refusal, at: number): void {
    if (!this.#account) this.parts.onRefused('account', { sender: senderOf(item), code });
    this.#account = { until: at + this.parts.pauseMs, reason: `${code}: ${message}`, reported };
  }

  #refuseSender(item: OutboxItem, { code, message, reported = false }: Refusal, at: number): void {
    const sender = senderOf(item);
    if (!this.#senders.has(sender)) this.parts.onRefused('sender', { sender, code });
    this.#senders.set(sender, { until: at + this.parts.pauseMs, reason: `${code}: ${message}`, reported });
  }
}

type Refusal = { readonly code: string; readonly message: string; readonly reported?: boolean };

const lasts = ({ until, reported }: Pause, at: number): boolean => reported && at < until;
