import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the fake carrier answers one call to send. All but the first two come after it has taken the text. */
export type Answer =
  | { readonly kind: 'accept' }
  | {
      readonly kind: 'refuse';
      readonly status: number;
      readonly code?: number;
      readonly retryAfter?: string;
      readonly afterMs?: number;
    }
  | { readonly kind: 'raw'; readonly status: number; readonly body: string }
  | { readonly kind: 'drop' }
  | { readonly kind: 'hang' };

/** What the carrier has taken, in the order in which it took it. */
export type Taken = {
  readonly sid: string;
  readonly to: string;
  readonly body: string;
  readonly at: number;
  readonly form: URLSearchParams;
};

export const requestId = `RQ${'a'.repeat(32)}`;
const sidOf = (number: number): string => `SM${String(number).padStart(32, '0')}`;
const resource = ({ sid, to, body, at, form }: Taken) => ({
  sid,
  to,
  body,
  from: form.get('From'),
  messaging_service_sid: form.get('MessagingServiceSid'),
  direction: 'outbound-api',
  status: 'queued',
  num_media: String(form.getAll('MediaUrl').length),
  date_created: new Date(at).toUTCString().replace('GMT', '+0000'),
  date_updated: null,
  date_sent: null,
  error_code: null,
});

const read = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
};

type JsonAnswer = { readonly status: number; readonly headers?: Readonly<Record<string, string>> };
const json = (response: ServerResponse, value: unknown, { status, headers = {} }: JsonAnswer): void => {
  response.writeHead(status, {
    'content-type': 'application/json',
    'twilio-request-id': requestId,
    ...headers,
  });
  response.end(JSON.stringify(value));
};

const refuse = (
  { code, status, retryAfter }: Extract<Answer, { kind: 'refuse' }>,
  response: ServerResponse,
): void =>
  json(
    response,
    { code, message: 'refused', more_info: '', status },
    { status, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter } },
  );

/** A carrier of the tests' own that speaks Twilio's JSON. `answers` are used up one by one; then it accepts. */
export const startFakeTwilio = async () => {
  const taken: Taken[] = [];
  const answers: Answer[] = [];
  const state = { calls: 0, lists: 0, hideFromList: false, listHangs: false, authorization: '', rawList: '' };

  const take = (form: URLSearchParams): Taken => {
    const sid = sidOf(taken.length + 1);
    const text = { sid, to: form.get('To') ?? '', body: form.get('Body') ?? '', at: Date.now(), form };
    taken.push(text);
    return text;
  };
  const send = (form: URLSearchParams, response: ServerResponse): void => {
    state.calls += 1;
    const answer = answers.shift() ?? { kind: 'accept' };
    switch (answer.kind) {
      case 'refuse':
        setTimeout(() => refuse(answer, response), answer.afterMs ?? 0);
        return;
      case 'accept':
        return json(response, resource(take(form)), { status: 201 });
      case 'raw':
        take(form);
        response.writeHead(answer.status, { 'content-type': 'text/html' });
        response.end(answer.body);
        return;
      case 'drop':
        take(form);
        response.destroy();
        return;
      case 'hang':
        take(form);
        return;
    }
  };
  const list = (to: string | null, response: ServerResponse): void => {
    state.lists += 1;
    if (state.listHangs) return;
    if (state.rawList !== '') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(state.rawList);
      return;
    }
    const messages = state.hideFromList ? [] : taken.filter((text) => text.to === to).map(resource);
    json(
      response,
      {
        messages: messages.reverse(),
        page: 0,
        page_size: 100,
        next_page_uri: null,
        uri: '',
      },
      { status: 200 },
    );
  };
  const server = createServer((request, response) => {
    state.authorization = request.headers.authorization ?? '';
    const url = new URL(request.url ?? '', 'http://twilio');
    if (!/^\/2010-04-01\/Accounts\/AC\w+\/Messages\.json$/.test(url.pathname))
      return json(response, {}, { status: 404 });
    if (request.method === 'GET') return list(url.searchParams.get('To'), response);
    void read(request).then((body) => send(new URLSearchParams(body), response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    taken,
    answers,
    state,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
export type FakeTwilio = Awaited<ReturnType<typeof startFakeTwilio>>;
