import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { performance } from 'node:perf_hooks';
import RequestClient from 'twilio/lib/base/RequestClient';
import Response from 'twilio/lib/http/response';
import { CarrierBusy, CarrierUnreachable } from './call-error';

/** What may be said aloud of a call: nothing that it carried, and no name or password. */
export type TwilioCall = {
  readonly method: string;
  /** Without the query, and with the account's sid shortened. */
  readonly path: string;
  readonly ms: number;
  /** The HTTP status, or else why there is none. */
  readonly status?: number;
  readonly error?: string;
  /** What Twilio's support asks for. */
  readonly requestId?: string;
  /** Our id of the text that was handed over. */
  readonly messageId?: string;
};

export type TwilioHttpSettings = {
  /** Where the API is, for example https://api.twilio.com or an emulator. */
  readonly apiUrl: URL;
  readonly timeoutMs: number;
  readonly maxSockets: number;
  /** Hears of each call once it has ended, well or not. */
  readonly observe?: (call: TwilioCall) => void;
};

/** What the twilio package has no place for in a call of its own. */
export type CallContext = {
  /** Ends the calls: they reject with its reason. */
  readonly signal?: AbortSignal;
  /** Our id of the text that is handed over. */
  readonly messageId?: string;
};

type Call = { url: URL; method: string; headers: Record<string, string>; body: string };
const longestAnswerBytes = 4 * 1024 * 1024;

/**
 * How the twilio package reaches its API: kept-alive connections to a configurable address, one hard time limit per
 * call, and errors that tell a call that never left from one that may have arrived.
 */
export class TwilioHttp extends RequestClient {
  readonly #agent: HttpAgent;
  readonly #base: URL;
  #context: CallContext = {};

  constructor(private readonly settings: TwilioHttpSettings) {
    super({ timeout: settings.timeoutMs });
    this.#base = settings.apiUrl;
    const options = { keepAlive: true, maxSockets: settings.maxSockets, timeout: settings.timeoutMs };
    this.#agent = this.#base.protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options);
  }

  override async request<TData>(options: RequestClient.RequestOptions<TData>): Promise<Response<TData>> {
    const { status, headers, body } = await this.#observed(options, this.#context);
    if (status === 429) throw new CarrierBusy(retryAfterMs(headers['retry-after']), codeIn(body));
    return new Response(status, body as TData, headers);
  }

  /**
   * What is called at once has this context; not what is called after something was waited for. The twilio package calls
   * at once. A storage that follows what is asynchronous would cost every promise of the process.
   */
  during<T>(context: CallContext, calls: () => Promise<T>): Promise<T> {
    this.#context = context;
    try {
      return calls();
    } finally {
      this.#context = {};
    }
  }

  /** Lets the process end. */
  close(): void {
    this.#agent.destroy();
  }

  async #observed<TData>(
    options: RequestClient.RequestOptions<TData>,
    { signal, messageId }: CallContext,
  ): Promise<Answer> {
    const call = toCall(options, this.#base);
    const startedAt = performance.now();
    const tell = (end: Pick<TwilioCall, 'status' | 'error' | 'requestId'>): void => {
      const ms = Math.round(performance.now() - startedAt);
      this.settings.observe?.({
        method: call.method,
        path: pathShown(options.uri),
        ms,
        ...end,
        ...(messageId === undefined ? {} : { messageId }),
      });
    };
    const answer = await this.#call(call, signal).catch((error: unknown) => {
      tell({ error: error instanceof CarrierUnreachable ? error.code : 'unknown' });
      throw error;
    });
    tell({ status: answer.status, ...requestIdIn(answer.headers) });
    return answer;
  }

  #call({ url, method, headers, body }: Call, signal: AbortSignal | undefined): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const send = this.#base.protocol === 'https:' ? httpsRequest : httpRequest;
      const ending = signal === undefined ? {} : { signal };
      const request = send(url, { method, headers, agent: this.#agent, ...ending });
      let connected = false;
      const limit = setTimeout(() => request.destroy(new Error('time limit')), this.settings.timeoutMs);
      const fail = (error: Error & { code?: string }): void => {
        clearTimeout(limit);
        reject(
          signal?.aborted ? signal.reason : new CarrierUnreachable(connected, error.code ?? error.message),
        );
      };
      request.on('socket', (socket) => {
        connected = !socket.connecting;
        const ready = this.#base.protocol === 'https:' ? 'secureConnect' : 'connect';
        if (!connected) socket.once(ready, () => (connected = true));
      });
      request.on('error', fail);
      request.on('response', (response) => {
        answerOf(response).then((answer) => {
          clearTimeout(limit);
          resolve(answer);
        }, fail);
      });
      request.end(body);
    });
  }
}

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

const answerOf = async (response: IncomingMessage): Promise<Answer> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    const part = Buffer.from(chunk as Uint8Array);
    bytes += part.length;
    if (bytes > longestAnswerBytes) throw new Error('the answer is too long');
    chunks.push(part);
  }
  if (!response.complete) throw new Error('the answer was cut off');
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
};

const toCall = <TData>(options: RequestClient.RequestOptions<TData>, base: URL): Call => {
  const asked = new URL(options.uri);
  const url = new URL(base);
  url.pathname = base.pathname.replace(/\/$/, '') + asked.pathname;
  url.search = [asked.search.slice(1), formOf(options.params).toString()].filter(Boolean).join('&');
  const body = options.data === undefined ? '' : formOf(options.data).toString();
  const credentials = Buffer.from(`${options.username ?? ''}:${options.password ?? ''}`).toString('base64');
  const headers = {
    ...plainHeaders(options.headers),
    Authorization: `Basic ${credentials}`,
    'Content-Length': String(Buffer.byteLength(body)),
  };
  return { url, method: options.method.toUpperCase(), headers, body };
};

/** Of the address at Twilio, as the path of another address in front of it may hold a secret. */
const pathShown = (uri: string): string =>
  new URL(uri).pathname.replace(/\b(AC)[0-9a-f]{28}([0-9a-f]{4})\b/gi, '$1…$2');

const requestIdIn = (headers: Answer['headers']): Pick<TwilioCall, 'requestId'> => {
  const requestId = String(headers['twilio-request-id'] ?? '');
  return /^RQ\w{1,62}$/.test(requestId) ? { requestId } : {};
};

const codeIn = (body: string): number | undefined => {
  const code = Number(/"code"\s*:\s*(\d{1,6})/.exec(body)?.[1]);
  return Number.isNaN(code) ? undefined : code;
};

const plainHeaders = (headers: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]));

/** A form; a list repeats its name. A lone surrogate becomes U+FFFD here, as no such thing exists in UTF-8. */
const formOf = (data: unknown): URLSearchParams => {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(data ?? {}))
    for (const each of [value].flat()) if (each !== undefined) form.append(name, String(each));
  return form;
};

const retryAfterMs = (header: string | string[] | undefined): number | undefined => {
  const text = [header].flat()[0];
  if (text === undefined) return undefined;
  const seconds = Number(text);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), 3_600_000);
};
