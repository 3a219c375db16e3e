import { runningTracker } from '../operations/operations.testkit';

describe('the files of the dashboard', () => {
  let tracker: Awaited<ReturnType<typeof runningTracker>>;
  let html: string;
  let policy: string;
  const get = (path: string) => fetch(`${tracker.url}${path}`, { redirect: 'manual' });

  beforeAll(async () => {
    tracker = await runningTracker();
    const page = await get('/dashboard/');
    [html, policy] = [await page.text(), page.headers.get('content-security-policy') ?? ''];
  });
  afterAll(() => tracker.close());

  it('are had without a key, and the page is asked for each time', async () => {
    const { status, headers } = await get('/dashboard/');
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-cache']);
    const bare = await get('/dashboard');
    expect([bare.status, bare.headers.get('location')]).toEqual([301, '/dashboard/']);
  });

  it('are kept for good where their name says what is in them, and come compressed', async () => {
    const [, script = ''] = /src="\.\/(assets\/[^"]+\.js)"/.exec(html) ?? [];
    const { status, headers } = await get(`/dashboard/${script}`);
    expect([status, headers.get('cache-control'), headers.get('content-encoding')]).toEqual([
      200,
      'public, max-age=31536000, immutable',
      expect.stringMatching(/^(?:br|gzip)$/),
    ]);
  });

  it('have no script and no style within the page, as their policy allows none', () => {
    expect(policy).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(policy).not.toMatch(/unsafe|data:|http|\*/);
    expect(html).not.toMatch(/<style|<script(?![^>]*src=)|\son\w+=|style=/);
  });

  it.each(['/dashboard/none', '/dashboard/assets/', '/dashboard/../package.json', '/dashboard/assets/x.js'])(
    'are those and no others: %s',
    async (path) => {
      const { status, headers } = await get(path);
      expect([status, headers.get('content-type')]).toEqual([404, expect.stringContaining('problem+json')]);
    },
  );
});
