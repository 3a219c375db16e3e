import type { Carrier } from '../carrier/carrier';
import type { Message } from '../carrier/message';

/** Which rows: so many at most, of what came after the message with this sequence number. */
export type PageOfTexts = { readonly after: number; readonly limit: number };

/* Reads no further than the page reaches. */
const rowsOf = <T>(
  messages: Iterable<Message>,
  limit: number,
  rowOf: (message: Message) => T | undefined,
): T[] => {
  const rows: T[] = [];
  for (const message of messages) {
    const row = rowOf(message);
    if (row !== undefined && rows.push(row) >= limit) break;
  }
  return rows;
};

type Since = Pick<Carrier, 'since'>;

/**
 * Texts of the service that were accepted and are remembered, oldest first, with the address that their statuses are
 * posted to. A page that is not full is the last.
 */
export const acceptedView = (carrier: Since, { after, limit }: PageOfTexts) =>
  rowsOf(carrier.since(after), limit, (message) =>
    message.direction === 'outbound-api'
      ? {
          sid: message.sid,
          sequence: message.sequence,
          to: message.to,
          body: message.body,
          statusCallback: message.statusCallback ?? null,
          at: message.createdAt.toISOString(),
        }
      : undefined,
  );

/** Texts of phones, whatever became of their webhooks; remembered and counted on as `acceptedView`. */
export const writtenView = (carrier: Since, { after, limit }: PageOfTexts) =>
  rowsOf(carrier.since(after), limit, ({ direction, sid, sequence, from, createdAt }) =>
    direction === 'inbound' ? { sid, sequence, from, at: createdAt.toISOString() } : undefined,
  );
