import twilio, { type Twilio } from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient';
import type Response from 'twilio/lib/http/response';
import type { MessageInstance } from 'twilio/lib/rest/api/v2010/account/message';

/** A text to us as the carrier's list has it. */
export type ListedText = {
  readonly sid: string;
  /** As the carrier writes them, with `whatsapp:` where it came that way. */
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly media: number;
  readonly segments: number | undefined;
  /** When the carrier got it, in milliseconds since 1970. */
  readonly at: number;
};

/** The texts that came in at this time (milliseconds since 1970) or later, newest first, page by page. */
export type CarrierList = (sinceMs: number) => AsyncIterable<readonly ListedText[]>;

/** Whose account is read, and where. */
export type CarrierAccess = {
  readonly accountSid: string;
  /** An API key's sid instead of the account's, where there is one. */
  readonly username: string;
  readonly password: string;
  /** Where the API is, for example https://api.twilio.com or an emulator. */
  readonly apiUrl: URL;
};

export type CarrierListSettings = CarrierAccess & {
  /** Our own numbers, as the carrier writes them; when empty, all that came in is listed, among all that went out. */
  readonly numbers: readonly string[];
};

const pageSize = 1_000;
const timeoutMs = 30_000;

/** The twilio package's own HTTP client, at another address. It waits and tries again by itself when asked for patience. */
class ElsewhereClient extends RequestClient {
  constructor(private readonly base: URL) {
    super({ timeout: timeoutMs, keepAlive: true, autoRetry: true, maxRetries: 5 });
  }

  override request<TData>(options: RequestClient.RequestOptions<TData>): Promise<Response<TData>> {
    const { pathname, search } = new URL(options.uri);
    const uri = this.base.origin + this.base.pathname.replace(/\/$/, '') + pathname + search;
    return super.request({ ...options, uri });
  }
}

/** The twilio package's client at any address. It is patient: it waits and tries again when it is told to. */
export const carrierClient = ({ accountSid, username, password, apiUrl }: CarrierAccess): Twilio =>
  twilio(username, password, { accountSid, httpClient: new ElsewhereClient(apiUrl) });

const toListed = (message: MessageInstance): ListedText => ({
  sid: message.sid,
  from: message.from,
  to: message.to,
  body: message.body ?? '',
  media: Number(message.numMedia) || 0,
  segments: Number(message.numSegments) || undefined,
  at: (message.dateSent ?? message.dateCreated).getTime(),
});

type ListPage = {
  readonly instances: readonly MessageInstance[];
  nextPage(): Promise<ListPage> | undefined;
};

/** Reads the list by the twilio package. Rejects with what the package throws; a broken answer ends the reading. */
export const carrierList = (settings: CarrierListSettings): CarrierList => {
  const client = carrierClient(settings);
  const listOf = async function* (to: string | undefined, sinceMs: number) {
    const wanted = { dateSentAfter: new Date(sinceMs), pageSize, ...(to !== undefined && { to }) };
    let page: ListPage = await client.messages.page(wanted);
    for (;;) {
      const all = page.instances;
      const inbound = all.filter(({ direction }) => direction === 'inbound').map(toListed);
      yield inbound.filter(({ at }) => at >= sinceMs);
      /* The filter is by day, the list newest first: what follows an older text is older still. */
      const older = inbound.some(({ at }) => at < sinceMs);
      const next = older ? undefined : await page.nextPage();
      if (next === undefined) return;
      page = next;
    }
  };
  return async function* (sinceMs) {
    const numbers = settings.numbers.length === 0 ? [undefined] : settings.numbers;
    for (const to of numbers) yield* listOf(to, sinceMs);
  };
};

/** Where the media of a text are listed; nobody fetches them. */
export const mediaListOf = (accountSid: string, sid: string): string =>
  `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages/${sid}/Media.json`;
