import type { Message, MessageStatus } from '../carrier/message';
import type { Refusal } from '../carrier/refusals';

const apiVersion = '2010-04-01';

/** RFC 2822 with a numeric zone, as Twilio writes it: `Thu, 24 Aug 2023 05:01:45 +0000`. */
const rfc2822 = (at: Date): string => at.toUTCString().replace('GMT', '+0000');

/** Where an account's messages are found. */
export const messagesPath = (accountSid: string): string => `/${apiVersion}/Accounts/${accountSid}/Messages`;

const segmentPrice = 0.0079;
/* Twilio says what a message cost some time after it is through; what never left costs nothing. */
const priced: ReadonlySet<MessageStatus> = new Set(['delivered', 'undelivered', 'read', 'received']);

/** As Twilio writes what it charges: below zero, with five digits behind the point. */
const priceOf = ({ status, segments }: Message): string | null =>
  priced.has(status) ? (-segments * segmentPrice).toFixed(5) : null;

/** Twilio's documented JSON for one message. */
export const messageJson = (accountSid: string, message: Message) => {
  const error = message.direction === 'inbound' ? undefined : message.error;
  const uri = `${messagesPath(accountSid)}/${message.sid}`;
  return {
    account_sid: accountSid,
    api_version: apiVersion,
    body: message.body,
    date_created: rfc2822(message.createdAt),
    date_sent: message.sentAt ? rfc2822(message.sentAt) : null,
    date_updated: rfc2822(message.updatedAt),
    direction: message.direction,
    error_code: error?.code ?? null,
    error_message: error?.message ?? null,
    // A messaging service chooses the sender after it has accepted the message.
    from: message.status === 'accepted' ? null : message.from,
    messaging_service_sid: message.messagingServiceSid ?? null,
    num_media: String(message.media.length),
    num_segments: String(message.segments),
    price: priceOf(message),
    price_unit: 'USD',
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: message.to,
    uri: `${uri}.json`,
  };
};

/** Twilio's JSON for a refusal. */
export const refusalJson = (refusal: Refusal) => ({
  code: refusal.code,
  message: refusal.message,
  more_info: `https://www.twilio.com/docs/errors/${refusal.code}`,
  status: refusal.httpStatus,
});
