import { phoneSchema } from '@stopcovid/contracts';
import { runningTracker } from '../operations/operations.testkit';
import { batchOf, registered, started } from '../tracker.testkit';

const trainee = { ...registered, account: { employerId: 'acme' } };
const begins = (phone: string) =>
  batchOf(1, [{ ...started('one'), runId: `run-${phone}` } as never], {
    phone: phoneSchema.parse(phone),
    trainee,
  });

describe('an answer that is asked for again', () => {
  let tracker: Awaited<ReturnType<typeof runningTracker>>;
  beforeAll(async () => {
    tracker = await runningTracker();
    await tracker.tell(begins('+12025550171'));
  }, 15_000);
  afterAll(() => tracker.close());

  const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${tracker.url}${path}`, {
      headers: { authorization: 'Bearer a-key-of-the-spec-itself', ...headers },
    });

  /** The tag of an answer, once what was written has been counted: until then there may be none, or another. */
  const settled = async (path: string): Promise<string> => {
    for (;;) {
      const tags = [await get(path), await get(path)].map(({ headers }) => headers.get('etag'));
      const isMarked = (await get('/v1/runs')).headers.get('etag') === null;
      if (typeof tags[0] === 'string' && tags[0] === tags[1] && !isMarked) return tags[0];
    }
  };
  const unchanged = async (path: string) => {
    for (;;) {
      const response = await get(path, { 'if-none-match': await settled(path) });
      if (response.status === 304) return response;
    }
  };

  it.each([
    '/v1/stats/completion?by=day',
    '/v1/stats/items?drill=one',
    '/v1/stats/funnel?drill=one',
    '/v1/stats/engagement',
    '/v1/stats/overdue',
    '/v1/stats/near-misses?drill=one',
    '/v1/stats/completion?format=csv',
    '/v1/runs',
    '/v1/runs?format=ndjson',
    '/v1/answers',
    '/v1/employers',
    '/v1/drills',
  ])('is told to be the same, without a body: %s', async (path) => {
    const response = await unchanged(path);
    expect(response.headers.get('etag')).toMatch(/^W\/"[\w-]{27}"$/);
    expect(response.headers.get('cache-control')).toBe('private, no-cache');
    await expect(response.text()).resolves.toBe('');
  });

  it('is another for another question, in another form', async () => {
    const paths = ['/v1/runs', '/v1/runs?limit=1', '/v1/answers'];
    const tags = await Promise.all(paths.map(settled));
    const csv = (await get('/v1/runs', { accept: 'text/csv' })).headers.get('etag');
    expect(new Set([...tags, csv]).size).toBe(4);
  });

  it('is given anew once a run has changed', async () => {
    const path = '/v1/stats/completion?employerId=acme';
    const tag = await settled(path);
    await tracker.tell(begins('+12025550172'));
    const response = await get(path, { 'if-none-match': `"other", ${tag}` });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ total: { assigned: 2 } });
  });

  it('has no tag where it is a refusal', async () => {
    const response = await get('/v1/stats/completion?by=colour');
    expect([response.status, response.headers.get('etag')]).toEqual([400, null]);
  });
});
