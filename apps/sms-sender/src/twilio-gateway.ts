import { AsyncLocalStorage } from 'node:async_hooks';
import twilio from 'twilio';
import type { MessageListInstanceCreateOptions } from 'twilio/lib/rest/api/v2010/account/message';
import { whatsappPrefix } from './outbox/outbox';
import type { SendResult, TextGateway, TextToSend } from './carrier/text-gateway';
import { dispositionOf, twilioErrors, type Disposition } from './twilio-errors';
import { CarrierBusy, CarrierUnreachable, TwilioHttp, type TwilioHttpSettings } from './twilio-http';

export type TwilioSettings = TwilioHttpSettings & {
  readonly accountSid: string;
  /** An API key's sid instead of the account's, where there is one. */
  readonly username: string;
  readonly password: string;
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

const optionsOf = (text: TextToSend, settings: TwilioSettings): MessageListInstanceCreateOptions => ({
  to: text.to,
  ...senderOf(text, settings),
  ...(text.body === '' ? {} : { body: wellFormed(text.body) }),
  ...(text.media === undefined ? {} : { mediaUrl: [text.media] }),
  ...(settings.statusCallbackUrl === undefined
    ? {}
    : { statusCallback: callbackFor(settings.statusCallbackUrl, text.id) }),
  validityPeriod: settings.validityPeriodSeconds,
});

const fieldOf = (error: unknown, name: 'status' | 'code' | 'message'): unknown =>
  typeof error === 'object' && error !== null && name in error
    ? (error as Record<string, unknown>)[name]
    : undefined;

/** What an error of the twilio package's means. What it does not explain may have been accepted. */
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
  const status = Number(fieldOf(error, 'status') ?? Number.NaN);
  if (!(status >= 300)) return { kind: 'unknown', reason: 'an answer that is not Twilio’s' };
  const code = fieldOf(error, 'code');
  return refusalOf(status, code === undefined || code === null ? undefined : String(code), error);
};

const refusalOf = (status: number, code: string | undefined, error: unknown): SendResult => {
  const disposition = status < 400 ? 'configuration' : dispositionOf(status, code);
  if (disposition === 'ambiguous') return { kind: 'unknown', reason: `HTTP ${status}` };
  const message = String(fieldOf(error, 'message') ?? 'refused');
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
  const disposition = withoutTrying[twilioErrors[code]?.disposition ?? 'permanent'];
  return { kind: 'refused', code, message: 'failed at once', disposition };
};

const withoutTrying: Readonly<Record<Disposition, 'permanent' | 'optOut' | 'configuration'>> = {
  retry: 'permanent',
  retryLater: 'permanent',
  ambiguous: 'permanent',
  permanent: 'permanent',
  optOut: 'optOut',
  configuration: 'configuration',
  account: 'configuration',
};

/** HTTP whose observer is told which text a call handed over: the twilio package has no place for it. */
const httpFor = ({ observe, ...settings }: TwilioSettings, handedOver: AsyncLocalStorage<string>) =>
  new TwilioHttp({
    ...settings,
    observe: (call) => {
      const messageId = handedOver.getStore();
      observe?.({ ...call, ...(messageId === undefined ? {} : { messageId }) });
    },
  });

/** Sends by the twilio package's own client. `close` lets its connections go. */
export const twilioGateway = (settings: TwilioSettings): TextGateway & { close(): void } => {
  const handedOver = new AsyncLocalStorage<string>();
  const http = httpFor(settings, handedOver);
  const client = twilio(settings.username, settings.password, {
    accountSid: settings.accountSid,
    httpClient: http,
    autoRetry: false,
  });
  return {
    send: async (text) => {
      try {
        const create = () => client.messages.create(optionsOf(text, settings));
        return acceptanceOf(await handedOver.run(text.id, create));
      } catch (error) {
        return resultOf(error);
      }
    },
    listSentTo: async (to) => {
      try {
        const messages = await client.messages.list({ to, limit: listed, pageSize: listed });
        return messages.map(({ sid, body, direction, dateCreated, from }) => ({
          sid,
          body: body ?? '',
          outbound: direction.startsWith('outbound'),
          createdAt: dateCreated.getTime(),
          ...(from ? { from } : {}),
        }));
      } catch {
        return undefined;
      }
    },
    close: () => http.close(),
  };
};
