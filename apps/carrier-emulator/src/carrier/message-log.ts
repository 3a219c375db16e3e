import { phoneOf, type Address, type Message } from './message';
import { isOver, packed, unpacked, type PackedMessage } from './packed-message';

/** How much is remembered: beyond it the oldest is forgotten, so that memory stays flat. */
export type MemoryLimits = {
  readonly messages: number;
  readonly messagesPerPhone: number;
  readonly phones: number;
};

/** What a client of the message list asks for. Instants are compared with the time of sending. */
export type MessageFilter = {
  readonly to?: Address;
  readonly from?: Address;
  readonly sentFrom?: Date;
  readonly sentBefore?: Date;
  /** Only what came before the message with this sequence number. */
  readonly before?: number;
};

const matches = (message: Message, filter: MessageFilter): boolean => {
  if (filter.to !== undefined && message.to !== filter.to) return false;
  if (filter.from !== undefined && message.from !== filter.from) return false;
  if (filter.sentFrom && !(message.sentAt && message.sentAt >= filter.sentFrom)) return false;
  return !filter.sentBefore || (message.sentAt !== undefined && message.sentAt < filter.sentBefore);
};

/** How many of these numbers, which grow, are below the limit. */
const countBelow = (numbers: readonly number[], limit: number): number => {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? limit) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Holes that forgotten messages leave in the order are closed once they outnumber what is left. */
const smallestOrder = 1_024;

/** The messages of the account, bounded in all, per phone and by the number of phones. */
export class MessageLog {
  /** Those that have come to their end are packed. */
  readonly #bySequence = new Map<number, Message | PackedMessage>();
  readonly #sequences = new Map<string, number>();
  /** Least recently used phone first; the messages' numbers oldest first. */
  readonly #byPhone = new Map<Address, number[]>();
  /** Every number, oldest first, with those of some forgotten messages among them. */
  #order: number[] = [];

  constructor(private readonly limits: MemoryLimits) {}

  get size(): number {
    return this.#bySequence.size;
  }

  add(message: Message): void {
    const phone = phoneOf(message);
    const conversation = this.#byPhone.get(phone) ?? [];
    this.#byPhone.delete(phone);
    this.#byPhone.set(phone, conversation);
    conversation.push(message.sequence);
    this.#order.push(message.sequence);
    this.#keep(message);
    this.#sequences.set(message.sid, message.sequence);
    if (conversation.length > this.limits.messagesPerPhone) this.#forget(conversation[0]);
    if (this.#byPhone.size > this.limits.phones) this.#forgetOldestPhone();
    if (this.#bySequence.size > this.limits.messages) this.#forgetOldest();
    this.#closeHoles();
  }

  /** Puts a later version in place. A message forgotten in the meantime stays forgotten. */
  replace(message: Message): void {
    if (this.#bySequence.has(message.sequence)) this.#keep(message);
  }

  get(sid: string): Message | undefined {
    const sequence = this.#sequences.get(sid);
    return sequence === undefined ? undefined : this.#kept(sequence);
  }

  /** A phone's conversation, oldest first. */
  conversation(phone: Address): readonly Message[] {
    return (this.#byPhone.get(phone) ?? []).flatMap((sequence) => this.#kept(sequence) ?? []);
  }

  /** What matches, newest first, as Twilio lists it. Reads no further than it is asked. */
  *newestFirst(filter: MessageFilter = {}): Generator<Message> {
    const numbers = this.#candidates(filter);
    const end = filter.before === undefined ? numbers.length : countBelow(numbers, filter.before);
    for (let index = end - 1; index >= 0; index -= 1) {
      const message = this.#kept(numbers[index] ?? 0);
      if (message && matches(message, filter)) yield message;
    }
  }

  /** Every message after the one with this number, oldest first. */
  *oldestFirst(after: number): Generator<Message> {
    for (let index = countBelow(this.#order, after + 1); index < this.#order.length; index += 1) {
      const message = this.#kept(this.#order[index] ?? 0);
      if (message) yield message;
    }
  }

  /** Forgets all messages, for a test that starts anew. */
  clear(): void {
    this.#bySequence.clear();
    this.#sequences.clear();
    this.#byPhone.clear();
    this.#order = [];
  }

  forgetPhone(phone: Address): void {
    for (const sequence of [...(this.#byPhone.get(phone) ?? [])]) this.#forget(sequence);
    this.#closeHoles();
  }

  #keep(message: Message): void {
    this.#bySequence.set(message.sequence, isOver(message) ? packed(message) : message);
  }

  #kept(sequence: number): Message | undefined {
    const kept = this.#bySequence.get(sequence);
    return typeof kept === 'string' ? unpacked(kept) : kept;
  }

  /** A phone named in the filter narrows the search to its conversation; our own number does not. */
  #candidates(filter: MessageFilter): readonly number[] {
    const phone = [filter.to, filter.from].find((name) => name !== undefined && this.#byPhone.has(name));
    return phone === undefined ? this.#order : (this.#byPhone.get(phone) ?? []);
  }

  #forget(sequence: number | undefined): void {
    const message = this.#kept(sequence ?? 0);
    if (!message) return;
    this.#bySequence.delete(message.sequence);
    this.#sequences.delete(message.sid);
    const phone = phoneOf(message);
    const conversation = this.#byPhone.get(phone);
    if (conversation?.[0] === message.sequence) conversation.shift();
    if (conversation?.length === 0) this.#byPhone.delete(phone);
  }

  #forgetOldest(): void {
    const [oldest] = this.#bySequence.keys();
    this.#forget(oldest);
  }

  #forgetOldestPhone(): void {
    const [oldest] = this.#byPhone.values();
    for (const sequence of [...(oldest ?? [])]) this.#forget(sequence);
  }

  #closeHoles(): void {
    if (this.#order.length < smallestOrder || this.#order.length < 2 * this.#bySequence.size) return;
    this.#order = this.#order.filter((sequence) => this.#bySequence.has(sequence));
  }
}
