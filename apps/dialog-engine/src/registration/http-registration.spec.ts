import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { httpRegistration, type HttpRegistration } from './http-registration';
import { patienceOf } from './registration';

const good = { valid: true, demo: true, account: { employerName: 'Hotel Aurora', theirOwnField: 7 } };

describe('a registration service outside', () => {
  let server: Server | undefined;
  let asked: { body: string; headers: IncomingMessage['headers'] }[] = [];
  let reasons: string[] = [];
  let now = 0;
  let close = (): void => undefined;

  afterEach(async () => {
    close();
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    [asked, reasons, now] = [[], [], 0];
  });

  const answering = async (listener: RequestListener, settings: Partial<HttpRegistration> = {}) => {
    const listening = createServer((request, response) => {
      void text(request).then((body) => {
        asked.push({ body, headers: request.headers });
        listener(request, response);
      });
    });
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const { port } = listening.address() as AddressInfo;
    const registration = httpRegistration({
      url: `http://127.0.0.1:${port}/codes`,
      token: 'a token',
      timeoutMs: 300,
      cacheMs: 60_000,
      now: () => now,
      onUnavailable: (reason) => reasons.push(reason),
      ...settings,
    });
    close = registration.close;
    return {
      lookup: (code: string) =>
        registration.lookup(
          code,
          patienceOf(() => 0),
        ),
    };
  };

  const json =
    (value: unknown): RequestListener =>
    (_request, response) =>
      void response.end(JSON.stringify(value));

  it('is asked with its token, and what it says of the account is taken as far as we know it', async () => {
    const { lookup } = await answering(json(good));
    const account = { employerName: 'Hotel Aurora' };
    expect(await lookup('CLEAN1')).toEqual({ status: 'Valid', demo: true, account });
    expect(asked).toMatchObject([
      { body: '{"code":"CLEAN1"}', headers: { authorization: 'Bearer a token' } },
    ]);
  });

  it('is believed about a good code for a while, and then asked again', async () => {
    const { lookup } = await answering(json(good));
    await lookup('CLEAN1');
    await lookup('CLEAN1');
    expect(asked).toHaveLength(1);
    now = 60_001;
    await lookup('CLEAN1');
    expect(asked).toHaveLength(2);
  });

  it('is asked again each time about a code that it refused: a code can be issued at any moment', async () => {
    const answers = [{ valid: false }, good];
    const { lookup } = await answering((request, response) => json(answers.shift())(request, response));
    expect(await lookup('CLEAN1')).toEqual({ status: 'Unknown' });
    expect(await lookup('CLEAN1')).toMatchObject({ status: 'Valid' });
  });

  it.each<[string, RequestListener]>([
    ['is slower than the limit', () => undefined],
    ['fails', (_request, response) => void response.writeHead(500).end()],
    ['redirects', (_request, response) => void response.writeHead(302, { location: '/elsewhere' }).end()],
    ['answers something else', json({ ok: 1 })],
    ['answers no JSON', (_request, response) => void response.end('<html>')],
    ['answers too much', (_request, response) => void response.end(' '.repeat(70_000))],
    ['hangs up', (request) => void request.socket.destroy()],
    ['gives an account that is not one', json({ valid: true, account: { labels: 'night' } })],
  ])('that %s is unavailable, with a reason that does not name the code', async (_, listener) => {
    const { lookup } = await answering(listener);
    expect(await lookup('CLEAN1')).toEqual({ status: 'Unavailable' });
    expect(reasons).toHaveLength(1);
    expect(reasons.join()).not.toContain('CLEAN1');
  });

  it('is left alone for a while after it failed again and again', async () => {
    const { lookup } = await answering((_request, response) => void response.writeHead(503).end());
    for (let attempt = 0; attempt < 12; attempt += 1) await lookup('CLEAN1');
    expect(asked.length).toBeLessThan(12);
    expect(asked.length).toBeGreaterThanOrEqual(5);
  });
});
