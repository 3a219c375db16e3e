import {
  CarrierBusy,
  CarrierUnreachable,
  dispositionOf,
  messagePages,
  refusalIn,
  reportedDispositionOf,
  webhookTries,
  whatsappPrefix,
  type CarrierMessage,
  type ReportDisposition,
  type Twilio,
} from '@stopcovid/twilio';
import type { ListedText, SendResult, TextGateway, TextToSend } from './text-gateway';

/** How texts are handed over. */
export type TwilioSettings = {
  /** Who sends, unless the trainee's account names a messaging service of its own, which counts for SMS alone. */
  readonly sender: { readonly messagingServiceSid: string } | { readonly from: string };
  /** Where Twilio reports what became of a text; without it nobody asks. */
  readonly statusCallbackUrl?: string;
  readonly validityPeriodSeconds: number;
};

const listed = 100;

const callbackFor = (base: string, id: string): string => {
  const url = new URL(base);
  url.searchParams.set('id', id);
  if (url.hash === '') url.hash = webhookTries;
  return url.toString();
};

/** A lone half of a surrogate pair cannot be sent: it becomes U+FFFD. */
const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

/** On WhatsApp only a number that is registered there may send: that is the default sender, whoever the trainee is. */
const senderOf = ({ to, messagingServiceSid }: TextToSend, { sender }: TwilioSettings) => {
  if (to.startsWith(whatsappPrefix))
    return 'from' in sender ? { from: `${whatsappPrefix}${sender.from}` } : sender;
  return messagingServiceSid === undefined ? sender : { messagingServiceSid };
};

/** In whole seconds; Twilio takes no less than one. */
const validityOf = (
  { wantedForMs = Infinity }: TextToSend,
  { validityPeriodSeconds }: TwilioSettings,
): number => Math.min(validityPeriodSeconds, Math.max(1, Math.floor(wantedForMs / 1_000)));

type CreateOptions = Parameters<Twilio['client']['messages']['create']>[0];

const optionsOf = (text: TextToSend, settings: TwilioSettings): CreateOptions => ({
  to: text.to,
  ...senderOf(text, settings),
  ...(text.body === '' ? {} : { body: wellFormed(text.body) }),
  ...(text.media === undefined ? {} : { mediaUrl: [text.media] }),
  ...(settings.statusCallbackUrl === undefined
    ? {}
    : { statusCallback: callbackFor(settings.statusCallbackUrl, text.id) }),
  validityPeriod: validityOf(text, settings),
});

/** What an error of a call means. What it does not explain may have been accepted. */
export const resultOf = (error: unknown): SendResult => {
  if (error instanceof CarrierBusy)
    return {
      kind: 'refused',
      code: '429',
      message: error.message,
      disposition: 'retry',
      ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    };
  if (error instanceof CarrierUnreachable)
    return error.reached ? { kind: 'unknown', reason: error.code } : { kind: 'notSent', reason: error.code };
  const refusal = refusalIn(error);
  if (refusal === undefined) return { kind: 'unknown', reason: 'an answer that is not Twilio’s' };
  const { status, code, message } = refusal;
  const disposition = status < 400 ? 'configuration' : dispositionOf(status, code);
  if (disposition === 'ambiguous') return { kind: 'unknown', reason: `HTTP ${status}` };
  return { kind: 'refused', code: code ?? `HTTP_${status}`, message, disposition };
};

type Answered = {
  readonly sid?: string;
  readonly from?: string;
  readonly status?: string;
  readonly errorCode?: number | null;
};

/** An answer of success that names no message is not Twilio's; one may name a message that has failed already. */
const acceptanceOf = ({ sid, from, status, errorCode }: Answered): SendResult => {
  if (!sid) return { kind: 'unknown', reason: 'an answer without a sid' };
  if (status === 'failed' && errorCode) return failedAtOnce(String(errorCode));
  return { kind: 'accepted', sid, ...(from ? { from } : {}) };
};

/** It was accepted, so trying again would be another message: nothing that failed so is. */
const failedAtOnce = (code: string): SendResult => {
  const disposition = withoutTrying[reportedDispositionOf(code)];
  return { kind: 'refused', code, message: 'failed at once', disposition };
};

const withoutTrying: Readonly<Record<ReportDisposition, 'permanent' | 'optOut' | 'configuration'>> = {
  retryLater: 'permanent',
  permanent: 'permanent',
  optOut: 'optOut',
  configuration: 'configuration',
  sender: 'configuration',
  account: 'configuration',
};

const toListed = ({ sid, body, direction, createdAt, from }: CarrierMessage): ListedText => ({
  sid,
  body,
  outbound: direction !== 'inbound',
  createdAt: createdAt.getTime(),
  ...(from === '' ? {} : { from }),
});

/** Sends by a client of Twilio's. Nothing is asked for again here: whoever sends knows when. */
export const twilioGateway = (twilio: Twilio, settings: TwilioSettings): TextGateway => ({
  send: async (text) => {
    try {
      const create = () => twilio.client.messages.create(optionsOf(text, settings));
      return acceptanceOf(await twilio.during({ messageId: text.id }, create));
    } catch (error) {
      return resultOf(error);
    }
  },
  listSentTo: async (to) => {
    try {
      const pages = messagePages(twilio, { to, pageSize: listed }, { patience: 0 });
      for await (const newest of pages) return newest.map(toListed);
      return [];
    } catch {
      return undefined;
    }
  },
});
