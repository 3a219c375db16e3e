import { phoneOf, type Address, type Message } from './message';

/** How much is remembered: beyond it the oldest is forgotten, so that memory stays flat. */
export type MemoryLimits = { readonly messagesPerPhone: number; readonly phones: number };

/** What a client of the message list asks for. Instants are compared with the time of sending. */
export type MessageFilter = {
  readonly to?: Address;
  readonly from?: Address;
  readonly sentFrom?: Date;
  readonly sentBefore?: Date;
};

const matches = (message: Message, filter: MessageFilter): boolean => {
  if (filter.to !== undefined && message.to !== filter.to) return false;
  if (filter.from !== undefined && message.from !== filter.from) return false;
  if (filter.sentFrom && !(message.sentAt && message.sentAt >= filter.sentFrom)) return false;
  return !filter.sentBefore || (message.sentAt !== undefined && message.sentAt < filter.sentBefore);
};

/** The messages of the account, bounded per phone and by the number of phones. */
export class MessageLog {
  private readonly bySid = new Map<string, Message>();
  /** Least recently used phone first; the messages' ids oldest first. */
  private readonly byPhone = new Map<Address, string[]>();

  constructor(private readonly limits: MemoryLimits) {}

  add(message: Message): void {
    const phone = phoneOf(message);
    const sids = this.byPhone.get(phone) ?? [];
    this.byPhone.delete(phone);
    this.byPhone.set(phone, sids);
    sids.push(message.sid);
    this.bySid.set(message.sid, message);
    if (sids.length > this.limits.messagesPerPhone) this.forgetMessage(sids.shift());
    if (this.byPhone.size > this.limits.phones) this.forgetOldestPhone();
  }

  /** Puts a later version in place. A message forgotten in the meantime stays forgotten. */
  replace(message: Message): boolean {
    if (!this.bySid.has(message.sid)) return false;
    this.bySid.set(message.sid, message);
    return true;
  }

  get(sid: string): Message | undefined {
    return this.bySid.get(sid);
  }

  /** A phone's conversation, oldest first. */
  conversation(phone: Address): readonly Message[] {
    return (this.byPhone.get(phone) ?? []).flatMap((sid) => this.bySid.get(sid) ?? []);
  }

  /** What matches, newest first, as Twilio lists it. */
  list(filter: MessageFilter): readonly Message[] {
    return this.candidates(filter)
      .filter((message) => matches(message, filter))
      .sort((one, other) => other.sequence - one.sequence);
  }

  /** A phone named in the filter narrows the search to its conversation; our own number does not. */
  private candidates(filter: MessageFilter): readonly Message[] {
    const phone = [filter.to, filter.from].find((name) => name !== undefined && this.byPhone.has(name));
    return phone === undefined ? [...this.bySid.values()] : this.conversation(phone);
  }

  private forgetMessage(sid: string | undefined): void {
    if (sid !== undefined) this.bySid.delete(sid);
  }

  private forgetOldestPhone(): void {
    for (const [phone, sids] of this.byPhone) {
      for (const sid of sids) this.bySid.delete(sid);
      this.byPhone.delete(phone);
      return;
    }
  }
}
