import { setTimeout as elapsed } from 'node:timers/promises';
import type { MessageInstance } from 'twilio/lib/rest/api/v2010/account/message';
import { CarrierBusy, NotTwiliosAnswer, refusalIn } from './call-error';
import type { Twilio } from './connect-twilio';

/** A message as the carrier has it. */
export type CarrierMessage = {
  readonly sid: string;
  /** `answer`: what the carrier said by itself to somebody's text, such as its own confirmation of STOP. */
  readonly direction: 'inbound' | 'outbound' | 'answer';
  /** As the carrier writes them, with `whatsapp:` where it went that way; empty where it says nothing. */
  readonly from: string;
  readonly to: string;
  readonly messagingServiceSid?: string;
  readonly body: string;
  /** How many attachments it has. */
  readonly media: number;
  readonly segments?: number;
  /** What was charged, in millionths of the currency (ISO 4217); absent while it is not known. */
  readonly price?: { readonly millionths: number; readonly currency: string };
  readonly status: string;
  /** When it was sent or came in; before that, when it was made. */
  readonly at: Date;
  /** When the carrier got it, in whole seconds. */
  readonly createdAt: Date;
};

export type ListQuery = {
  /** To this address alone, as the carrier writes it. */
  readonly to?: string;
  /** Sent at this time or later. The carrier may take the whole day, and does not list what was never sent. */
  readonly since?: Date;
  /** Sent before this time; the carrier may cut it to whole days. */
  readonly before?: Date;
  /** 1,000 at most. */
  readonly pageSize?: number;
};

export type Reading = {
  /** Ends the reading at once, whatever it waits for. */
  readonly signal?: AbortSignal;
  /** How often a page is asked for again when the carrier asks for patience; 5 when left out. */
  readonly patience?: number;
};

const directionOf = (direction: string): CarrierMessage['direction'] => {
  if (direction === 'inbound') return 'inbound';
  return direction === 'outbound-reply' ? 'answer' : 'outbound';
};

const isTime = (date: Date | null | undefined): date is Date =>
  date instanceof Date && !Number.isNaN(date.getTime());

/** Twilio writes what it charges below zero, as text: `-0.00790`. */
const priceOf = ({ price, priceUnit }: MessageInstance): Pick<CarrierMessage, 'price'> => {
  const millionths = Math.round(-Number(price || NaN) * 1_000_000);
  const currency = (priceUnit ?? '').toUpperCase();
  return Number.isSafeInteger(millionths) && /^[A-Z]{3}$/.test(currency)
    ? { price: { millionths: millionths + 0, currency } }
    : {};
};

type Details = Pick<CarrierMessage, 'media' | 'segments' | 'messagingServiceSid'>;

const detailsOf = ({ numMedia, numSegments, messagingServiceSid }: MessageInstance): Details => ({
  media: Number(numMedia) || 0,
  ...(Number(numSegments) > 0 ? { segments: Number(numSegments) } : {}),
  ...(messagingServiceSid ? { messagingServiceSid } : {}),
});

/** Throws NotTwiliosAnswer: an answer that is not Twilio's may parse all the same. */
const toCarrierMessage = (message: MessageInstance): CarrierMessage => {
  const { sid, direction, status, dateSent, dateCreated } = message;
  if (!sid || !direction || !status || !isTime(dateCreated))
    throw new NotTwiliosAnswer('a message without id, direction, status or time');
  return {
    sid,
    direction: directionOf(direction),
    from: message.from ?? '',
    to: message.to ?? '',
    body: message.body ?? '',
    ...detailsOf(message),
    ...priceOf(message),
    status,
    at: isTime(dateSent) ? dateSent : dateCreated,
    createdAt: dateCreated,
  };
};

type ListPage = {
  readonly instances: readonly MessageInstance[];
  nextPage(): Promise<ListPage> | undefined;
};

const firstPauseMs = 1_000;

/** Asks again as often as patience lasts, after as long as the carrier wishes. */
const patiently = async <T>(ask: () => Promise<T>, { signal, patience = 5 }: Reading): Promise<T> => {
  for (let asked = 0; ; asked += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof CarrierBusy) || asked >= patience) throw error;
      const pauseMs = error.retryAfterMs ?? firstPauseMs * 2 ** asked;
      await elapsed(pauseMs, undefined, signal === undefined ? {} : { signal });
    }
  }
};

/**
 * The messages that the carrier lists, newest first, page by page. Rejects with what the call met: CarrierUnreachable,
 * CarrierBusy, NotTwiliosAnswer, the twilio package's error for a refusal (`refusalIn`), or an AbortError.
 */
export async function* messagePages(
  { client, during }: Twilio,
  { to, since, before, pageSize = 1_000 }: ListQuery,
  reading: Reading = {},
): AsyncGenerator<readonly CarrierMessage[]> {
  const wanted = {
    ...(to === undefined ? {} : { to }),
    ...(since === undefined ? {} : { dateSentAfter: since }),
    ...(before === undefined ? {} : { dateSentBefore: before }),
    pageSize,
  };
  const context = reading.signal === undefined ? {} : { signal: reading.signal };
  const ask = <T>(question: () => Promise<T>): Promise<T> =>
    patiently(() => during(context, question), reading);
  let page: ListPage | undefined = await ask(() => client.messages.page(wanted));
  while (page !== undefined) {
    const { instances }: ListPage = page;
    yield instances.map(toCarrierMessage);
    const here: ListPage = page;
    page = await ask(async () => here.nextPage());
  }
}

const sidForm = /^[A-Z]{2}[0-9a-zA-Z]{32}$/;
const atOnce = 8;

const fetchOne = async (twilio: Twilio, sid: string): Promise<readonly CarrierMessage[]> => {
  try {
    return [toCarrierMessage(await patiently(() => twilio.client.messages(sid).fetch(), {}))];
  } catch (error) {
    if (refusalIn(error)?.status === 404) return [];
    throw error;
  }
};

/** Those of these messages that the carrier has, listed or not. Rejects as `messagePages` does. */
export const fetchMessages = async (
  twilio: Twilio,
  sids: readonly string[],
): Promise<readonly CarrierMessage[]> => {
  /* What has not the form of an id is nowhere, and must not become part of an address. */
  const wanted = sids.filter((sid) => sidForm.test(sid));
  const found: CarrierMessage[] = [];
  for (let at = 0; at < wanted.length; at += atOnce) {
    const some = wanted.slice(at, at + atOnce).map((sid) => fetchOne(twilio, sid));
    found.push(...(await Promise.all(some)).flat());
  }
  return found;
};

/** Where the media of a text are listed; nobody fetches them. */
export const mediaListOf = (accountSid: string, sid: string): string =>
  `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages/${sid}/Media.json`;
