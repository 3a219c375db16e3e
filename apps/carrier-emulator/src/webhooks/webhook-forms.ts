import type { ConsentWord } from '../carrier/consent-words';
import { isWhatsApp, type InboundMessage, type OutboundMessage } from '../carrier/message';
import type { WebhookForm } from './deliver-webhook';

const apiVersion = '2010-04-01';

const sidFields = (sid: string): WebhookForm => ({ MessageSid: sid, SmsSid: sid });

const serviceField = (sid: string | undefined): WebhookForm =>
  sid === undefined ? {} : { MessagingServiceSid: sid };

const mediaFields = (media: readonly string[]): WebhookForm =>
  Object.fromEntries(
    media.flatMap((url, index) => [
      [`MediaUrl${index}`, url],
      [`MediaContentType${index}`, 'image/jpeg'],
    ]),
  );

/** What Twilio posts when a phone texts our number. */
export const inboundForm = (
  accountSid: string,
  message: InboundMessage,
  consent?: ConsentWord,
): WebhookForm => ({
  ...sidFields(message.sid),
  SmsMessageSid: message.sid,
  SmsStatus: 'received',
  AccountSid: accountSid,
  ApiVersion: apiVersion,
  From: message.from,
  To: message.to,
  Body: message.body,
  NumMedia: String(message.media.length),
  NumSegments: String(message.segments),
  ...mediaFields(message.media),
  ...serviceField(message.messagingServiceSid),
  ...(isWhatsApp(message.from) ? { WaId: message.from.replace('whatsapp:+', '') } : {}),
  ...(consent === undefined ? {} : { OptOutType: consent }),
});

/** Minutes without a zone, as carriers report it: `2603011705`. */
const deliveredAt = (at: Date): string => at.toISOString().replaceAll(/[-:T]/g, '').slice(2, 12);

/** What Twilio posts when the status of a message of ours has changed. */
export const statusForm = (accountSid: string, message: OutboundMessage): WebhookForm => ({
  ...sidFields(message.sid),
  MessageStatus: message.status,
  SmsStatus: message.status,
  AccountSid: accountSid,
  ApiVersion: apiVersion,
  From: message.from,
  To: message.to,
  ...serviceField(message.messagingServiceSid),
  ...(message.error ? { ErrorCode: String(message.error.code) } : {}),
  ...(message.status === 'delivered' ? { RawDlrDoneDate: deliveredAt(message.updatedAt) } : {}),
});
