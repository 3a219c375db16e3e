import type { Instant } from '@stopcovid/calendar';
import type { Command, Phone } from '@stopcovid/contracts';
import type { PendingMessage } from '../schedule/standing';
import type { PhoneSchedule } from './phone-schedule';

/** What a message says: words by language, words for all others, an attachment. */
export type MessageContent = Readonly<
  Pick<Command<'SendMessage'>, 'text' | 'texts' | 'mediaUrl' | 'broadcastId'>
>;

/** A message that waits for its local time, with what it says. */
export type WaitingMessage = PendingMessage & { readonly content: MessageContent };

/** What became of a broadcast for one phone; `reason` says why it did not come. Steps of drips are settled by the clock. */
export type SettledMessage = {
  readonly kind: 'broadcast';
  readonly phone: Phone;
  readonly message: string;
  readonly outcome: 'published' | 'passed';
  readonly reason: string | null;
  readonly at: Instant;
};

/** A phone that the clock has to look at because a message has come to wait for it. */
export type Unmarked = { readonly key: string; readonly phone: Phone };

/** The messages that wait, as the clock sees them. */
export interface WaitingMessages {
  /** Those that wait for these phones; nothing of phones without any. */
  waitingFor(phones: readonly PhoneSchedule[]): Promise<ReadonlyMap<Phone, readonly WaitingMessage[]>>;
  /** Says what became of some. What is settled stays so. */
  settle(settled: readonly SettledMessage[]): Promise<void>;
  /** Phones whose messages the clock may not know of yet, `limit` at the most. */
  unmarked(limit: number): Promise<readonly Unmarked[]>;
  noteMarked(keys: readonly string[]): Promise<void>;
}
