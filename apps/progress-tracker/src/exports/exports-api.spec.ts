import { createHash } from 'node:crypto';
import { until } from '@stopcovid/runtime';
import { runningTracker, type Asks } from '../operations/operations.testkit';
import { addressOf } from '../problems/catalogue';
import { batchOf, completed, event, maria, registered, started } from '../tracker.testkit';
import { listNames } from './list-query';
import { isSignedBy, receiver, status, webhookKey } from '../webhooks/webhooks.testkit';

type Tracker = Awaited<ReturnType<typeof runningTracker>>;
type Body = Readonly<Record<string, unknown>>;

const runs = { list: 'runs', format: 'csv' };

describe('exports of the progress API', () => {
  let tracker: Tracker;
  /* Before the first of them is used: keys are read every few seconds. */
  let given: Record<'own' | 'other' | 'foreign' | 'mine', string>;
  beforeAll(async () => {
    tracker = await runningTracker({
      settings: { WEBHOOK_KEY: webhookKey, WEBHOOK_HTTP: true, WEBHOOK_NETWORKS: ['127.0.0.0/8'] },
    });
    const who = { phone: maria, trainee: registered };
    await tracker.tell(
      batchOf(1, [started('one')], who),
      batchOf(2, [event('PromptCompleted'), completed('one')], who),
    );
    given = {
      own: await give('of-acme', { employers: ['acme'] }),
      other: await give('of-all'),
      foreign: await give('of-other', { role: 'admin', employers: ['other'] }),
      mine: await give('of-links', { role: 'admin' }),
    };
  });
  afterAll(() => tracker.close());

  const ask = (body: object, asks: Asks = {}) => tracker.ask('/v1/exports', { body, ...asks });
  const made = async (id: string): Promise<Body> => {
    let body: Body = {};
    await until(async () => {
      ({ body } = await tracker.ask(`/v1/exports/${id}`));
      return body['state'] !== 'queued' && body['state'] !== 'running';
    });
    return body;
  };
  const makeOf = async (body: object): Promise<Body> => made(String((await ask(body)).body['id']));
  const keyed = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
  const ours = keyed('a-key-of-the-spec-itself');
  const hrefOf = (one: Body): string => `${tracker.url}${(one['link'] as { href: string }).href}`;
  const give = async (name: string, fields: object = {}): Promise<string> =>
    String((await tracker.ask('/v1/keys', { body: { name, role: 'analyst', ...fields } })).body['key']);
  const statusAt = async (path: string, init: RequestInit): Promise<number> =>
    (await fetch(`${tracker.url}${path}`, init)).status;

  it('are asked for, made, and had as the list itself is, with what proves them whole', async () => {
    const { status: answered, location, body } = await ask({ ...runs, query: { employerId: 'acme' } });
    expect([answered, body]).toMatchObject([
      202,
      { list: 'runs', format: 'csv', query: { employerId: 'acme' } },
    ]);
    expect(location).toBe(`/v1/exports/${String(body['id'])}`);
    const one = await made(String(body['id']));
    const answer = await fetch(`${tracker.url}${location}/file`, ours);
    const text = await answer.text();
    const list = await fetch(`${tracker.url}/v1/runs?format=csv&employerId=acme`, ours);
    expect(text).toBe(await list.text());
    const digest = createHash('sha256').update(text);
    expect(one).toMatchObject({
      state: 'ready',
      rows: 1,
      bytes: text.length,
      sha256: digest.copy().digest('hex'),
    });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-length': String(text.length),
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': expect.stringMatching(/^attachment; filename="runs-.*[.]csv"$/) as string,
      'x-row-count': '1',
      'repr-digest': `sha-256=:${digest.digest('base64')}:`,
      'cache-control': 'no-store',
    });
  });

  it('are of every list that a route answers with as a file', async () => {
    const document = await (await fetch(`${tracker.url}/docs-json`)).json();
    const { paths } = document as {
      paths: Record<string, { get?: { responses: Record<string, { content?: object }> } }>;
    };
    const lists = Object.entries(paths).filter(
      ([path, { get }]) => !path.includes('{') && 'text/csv' in (get?.responses['200']?.content ?? {}),
    );
    /* Costs are of messages, not of runs, and have some lines for each day. */
    const names = lists.map(([path]) => String(path.split('/').at(-1))).filter((name) => name !== 'cost');
    expect(names.sort()).toEqual(listNames.toSorted());
  });

  it.each([
    { list: 'answers', format: 'ndjson' },
    { list: 'completion', format: 'csv', query: { by: 'employer,drill' } },
    { list: 'engagement', format: 'csv', query: { by: 'week' } },
    { list: 'reminders', format: 'csv', query: { by: 'language' } },
    { list: 'items', format: 'parquet', query: { drill: 'one' } },
    { list: 'overdue', format: 'csv', bom: true },
    { list: 'runs', format: 'csv', query: { changedSince: '2026-03-01T00:00:00+02:00' } },
  ])('can be of $list as $format', async (body) => {
    expect(await makeOf(body)).toMatchObject({ state: 'ready', list: body.list, format: body.format });
  });

  it.each([
    [{ list: 'trainees', format: 'csv' }, '#/list'],
    [{ list: 'runs', format: 'xlsx' }, '#/format'],
    [{ ...runs, query: { colour: 'red' } }, '#/query/colour'],
    [{ ...runs, query: { from: 'yesterday' } }, '#/query/from'],
    [{ ...runs, query: { limit: '5' } }, '#/query/limit'],
    [{ ...runs, query: { label: { $ne: '' } } }, '#/query/label'],
    [{ list: 'items', format: 'csv' }, '#/query/drill'],
    [{ list: 'completion', format: 'csv', query: { by: 'moon' } }, '#/query/by'],
  ])('that the list would refuse are refused: %j', async (body, pointer) =>
    expect(await ask(body)).toMatchObject({
      status: 400,
      body: { type: addressOf('invalid-request'), errors: [{ pointer }] },
    }),
  );

  it('that no run can be in are refused as well, and none is tried', async () => {
    const query = { from: '2026-03-02', until: '2026-03-01' };
    const errors = [{ pointer: '#/query/from', detail: 'from must be before until' }];
    expect(await ask({ ...runs, query })).toMatchObject({ status: 400, body: { errors } });
    expect(await tracker.ask('/v1/exports?dryRun=true', { body: runs })).toMatchObject({ status: 400 });
  });

  it('are one export for the same Idempotency-Key and body, of the same key', async () => {
    const first = await ask(runs, { key: 'once' });
    await made(String(first.body['id']));
    const again = await ask({ format: 'csv', list: 'runs' }, { key: 'once' });
    expect(again).toEqual(first);
    const reused = { status: 422, body: { type: addressOf('key-reused') } };
    expect(await ask({ ...runs, format: 'ndjson' }, { key: 'once' })).toMatchObject(reused);
    expect((await ask(runs, { key: 'once', as: 'other' })).body['id']).not.toBe(first.body['id']);
  });

  it('are there for the key that asked for them and for admins whose people they tell of', async () => {
    const { own, other, foreign } = given;
    const headers = { ...keyed(own).headers, 'content-type': 'application/json' };
    const post = { method: 'POST', headers, body: JSON.stringify(runs) };
    const { id } = (await (await fetch(`${tracker.url}/v1/exports`, post)).json()) as { id: string };
    expect(await made(id)).toMatchObject({ by: 'of-acme', employers: ['acme'], rows: 1 });
    for (const key of [other, foreign]) {
      const strangers = [
        await statusAt(`/v1/exports/${id}`, keyed(key)),
        await statusAt(`/v1/exports/${id}/file`, keyed(key)),
        await statusAt(`/v1/exports/${id}`, { method: 'DELETE', ...keyed(key) }),
      ];
      expect(strangers).toEqual([404, 404, 404]);
    }
    const listed = async (key: string) =>
      ((await (await fetch(`${tracker.url}/v1/exports`, keyed(key))).json()) as { items: { id: string }[] })
        .items;
    expect(await listed(own)).toMatchObject([{ id }]);
    expect([await listed(other), await listed(foreign)]).toEqual([[], []]);
    expect((await listed('a-key-of-the-spec-itself')).length).toBeGreaterThan(1);
    expect(await statusAt(`/v1/exports/${id}/file`, keyed(own))).toBe(200);
  });

  it('are had by their link without a key, as long as the key for which it was made holds', async () => {
    const { id } = (await makeOf(runs)) as { id: string };
    const { mine } = given;
    const shown = (await (await fetch(`${tracker.url}/v1/exports/${id}`, keyed(mine))).json()) as Body;
    expect((await fetch(hrefOf(shown))).status).toBe(200);
    const problem = { status: 401, type: addressOf('key-needed') };
    const without = hrefOf(shown).replace(/link=.*/, '');
    const turned = `${hrefOf(shown).slice(0, -3)}abc`;
    for (const address of [without, turned])
      expect(await (await fetch(address)).json()).toMatchObject(problem);
    await tracker.ask('/v1/keys/of-links', { method: 'DELETE' });
    expect(await (await fetch(hrefOf(shown))).json()).toMatchObject(problem);
  });

  it('that are taken away are gone with their links', async () => {
    const one = (await makeOf(runs)) as { id: string };
    const path = `/v1/exports/${one.id}`;
    expect(await tracker.ask(path, { method: 'DELETE' })).toMatchObject({ status: 204 });
    expect([await statusAt(path, ours), await statusAt(`${path}/file`, ours)]).toEqual([404, 404]);
    expect((await fetch(hrefOf(one))).status).toBe(404);
  });

  it('tell webhooks that they are ready', async () => {
    const server = await receiver(status(204));
    try {
      const { body: hook } = await tracker.ask('/v1/webhooks', {
        body: { url: server.url, kinds: ['export.ready'] },
      });
      const { id, bytes } = await makeOf(runs);
      await until(() => server.received.length === 1);
      const [received] = server.received;
      expect(JSON.parse(received?.body ?? '')).toMatchObject({
        type: 'export.ready',
        data: { exportId: id, list: 'runs', format: 'csv', rows: 1, bytes },
      });
      expect(received && isSignedBy(String(hook['secret']), received)).toBe(true);
    } finally {
      await server.close();
    }
  });
});
