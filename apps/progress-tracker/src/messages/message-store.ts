import type { CarrierStatus, Phone } from '@stopcovid/contracts';
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

/** What the cost of messages is grouped by. `day` is YYYY-MM-DD, UTC. */
export const costKeys = [
  'day',
  'direction',
  'channel',
  'encoding',
  'kind',
  'employerId',
  'unitId',
  'drill',
  'language',
] as const;
export type CostKey = (typeof costKeys)[number];

/** Which messages cost is asked of. `until` is the first day that is not in it any more. Absent fields do not filter. */
export type CostFilter = Readonly<Partial<Record<Exclude<CostKey, 'day' | 'encoding'>, string>>> & {
  readonly from?: string;
  readonly until?: string;
  /** Of these employers alone, whatever else is asked for. */
  readonly employers?: readonly string[];
};

/** What the carrier charged for so many of the messages, in millionths of the currency. */
export type Billed = { readonly currency: string; readonly millionths: number; readonly messages: number };

/** What messages come to. Those that the carrier refused cost nothing, and are in none of it. */
export type CostSums = {
  readonly messages: number;
  readonly segments: number;
  /** How many of the messages have no number of segments. */
  readonly unmeasured: number;
  /** Of the messages whose price is known, by currency, in the order of their names. */
  readonly billed: readonly Billed[];
};

/** The cost of one group; `null` where the log does not know it of these messages. */
export type CostGroup = {
  readonly name: Readonly<Partial<Record<CostKey, string | null>>>;
  readonly sums: CostSums;
};

/** The message log by message: written record by record, asked by analysts. */
export interface MessageStore {
  /** The messages that bear one of these ids. */
  load(messageIds: readonly string[], sids: readonly string[]): Promise<FoundMessages>;
  /**
   * Writes what is as it was read. False when somebody else wrote one of them first: load and fold again. Whatever a
   * crash leaves half done, the same records complete.
   */
  save(folded: FoldedRecords): Promise<boolean>;
  /** Takes the words and attachments of a phone's messages up to a moment; what they cost stays. */
  forget(phone: Phone, until: Date): Promise<void>;
  messages(
    filter: MessageFilter,
    page: { readonly after?: MessagePlace; readonly limit: number },
  ): Promise<MessagePage>;
  /** By these keys, in no order. Without keys it is one group. */
  costs(filter: CostFilter, by: readonly CostKey[]): Promise<readonly CostGroup[]>;
}
