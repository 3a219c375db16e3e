import type { CarrierStatus, Phone, SmsEncoding } from '@stopcovid/contracts';
import type { FoldedRecords, StoredMessage } from './fold-records';
import type { LoggedMessage, MessageDirection } from './logged-message';

/** A document that cannot be read: the ids by which it is known, and why. */
export type UnreadableMessage = { readonly ids: readonly string[]; readonly reason: string };

/** Messages by their ids, and beside them the documents that cannot be read. */
export type FoundMessages = {
  readonly messages: readonly StoredMessage[];
  readonly unreadable: readonly UnreadableMessage[];
};

/** Which messages a list asks for. Absent fields do not filter. */
export type MessageFilter = {
  readonly phone?: Phone;
  /** The first moment that belongs to the range. */
  readonly from?: Date;
  /** The first moment that no longer does. */
  readonly to?: Date;
  readonly status?: CarrierStatus;
  readonly direction?: MessageDirection;
};

/** The place of a message in a list: newest first, and of the same moment the greater id first. */
export type MessagePlace = { readonly at: Date; readonly id: string };

/** One page of messages. `next` is the place of its last message, absent on the last page. */
export type MessagePage = {
  readonly items: readonly LoggedMessage[];
  readonly next?: MessagePlace;
  /** What belongs to the page and cannot be shown: a later release wrote it, or somebody's hand. */
  readonly unreadable?: readonly { readonly id: string; readonly reason: string }[];
};

/** What the messages of one UTC day, direction, encoding and employer came to. Refused messages cost nothing. */
export type CostRow = {
  /** YYYY-MM-DD, UTC. */
  readonly day: string;
  readonly direction: MessageDirection;
  readonly channel: 'sms' | 'whatsapp';
  readonly encoding?: SmsEncoding;
  readonly employerId?: string;
  readonly messages: number;
  readonly segments: number;
  /** How many of the messages have no number of segments. */
  readonly unmeasured: number;
};

/** The order of cost rows, as text: by day, then by the rest. */
export const orderOfCost = ({ day, direction, channel, encoding, employerId }: CostRow): string =>
  JSON.stringify([day, direction, channel, encoding ?? '', employerId ?? '']);

/** Days in the form YYYY-MM-DD, UTC; both belong to the range. */
export type DayRange = { readonly from: string; readonly to: string };

/** The message log by message: written record by record, asked by analysts. */
export interface MessageStore {
  /** The messages that bear one of these ids. */
  load(messageIds: readonly string[], sids: readonly string[]): Promise<FoundMessages>;
  /**
   * Writes what is as it was read. False when somebody else wrote one of them first: load and fold again. Whatever a
   * crash leaves half done, the same records complete.
   */
  save(folded: FoldedRecords): Promise<boolean>;
  messages(
    filter: MessageFilter,
    page: { readonly after?: MessagePlace; readonly limit: number },
  ): Promise<MessagePage>;
  /** In the order of days. */
  cost(range: DayRange): Promise<readonly CostRow[]>;
}
