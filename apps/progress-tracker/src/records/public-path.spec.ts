import { runningTracker } from '../operations/operations.testkit';
import { underPublicPath } from './public-path';
import { recordsOn, takesCourse } from './records.testkit';

describe.each(['https://example.org/verify', 'https://example.org/a/b/'])('records at %s', (address) => {
  const on = recordsOn();
  const { pathname, origin } = new URL(address);
  const path = pathname.replace(/\/$/, '');
  let tracker: Awaited<ReturnType<typeof runningTracker>>;
  let id: string;
  beforeAll(async () => {
    tracker = await runningTracker({ settings: { ...on.settings, RECORDS_URL: new URL(address) } });
    await tracker.tell(...takesCourse(true));
    const [record] = (await tracker.ask('/v1/records')).body['items'] as readonly { readonly id: string }[];
    id = String(record?.id);
  }, 15_000);
  afterAll(async () => {
    await tracker.close();
    on.remove();
  });

  const get = (asked: string) => fetch(`${tracker.url}${asked}`);

  it('are where the page, the credential and its status say that they are', async () => {
    const html = await (await get(`${path}/records/${id}`)).text();
    const jwt = await (await get(`${path}/records/${id}.jwt`)).text();
    const [header = '', payload = ''] = jwt
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString());
    const said = [html, header, payload].join('\n').match(/https:\/\/example\.org[\w./-]*/g) ?? [];
    const asked = [...new Set(said)].filter((each) => !/\/records\/courses\/|\/(?:verify|a\/b)$/.test(each));
    const below = asked.map((each) =>
      each.replace(`${origin}${path}`, '').replace(/(?<=keys\/)[\w-]{43}$/, 'kid'),
    );
    expect(new Set(below)).toEqual(
      new Set([`/records/${id}`, `/records/${id}.jwt`, `/records/${id}/status`, '/records/keys/kid']),
    );
    for (const each of asked) expect((await get(new URL(each).pathname)).status).toBe(200);
    expect((await get(`${path}/.well-known/jwks.json`)).status).toBe(200);
  });

  it('are there as well behind a proxy that takes the path away', async () =>
    expect((await get(`/records/${id}`)).status).toBe(200));

  it('bring nothing else under that path', async () => {
    for (const asked of ['/v1/records', '/v1/trainees', '/docs-json', '/health/live', '/records'])
      expect((await get(`${path}${asked}`)).status).toBe(404);
    expect((await get(`/other${path}/records/${id}`)).status).toBe(404);
  });
});

it('records at an address without a path are routed as they are', () => {
  for (const address of [undefined, new URL('https://example.org/'), new URL('https://example.org')])
    expect(underPublicPath(address)('/records/x?y')).toBe('/records/x?y');
});
