import { phoneSchema } from '@stopcovid/contracts';
import { until } from '@stopcovid/runtime';
import { runningTracker } from '../operations/operations.testkit';
import { batchOf, completed, event, maria, registered } from '../tracker.testkit';
import { hookKinds } from './webhook';
import { isSignedBy, receiver, status, webhookKey } from './webhooks.testkit';

const switchedOn = { WEBHOOK_KEY: webhookKey, WEBHOOK_HTTP: true, WEBHOOK_NETWORKS: ['127.0.0.0/8'] };

type Tracker = Awaited<ReturnType<typeof runningTracker>>;
type Receiver = Awaited<ReturnType<typeof receiver>>;

describe('webhooks', () => {
  let tracker: Tracker;
  let server: Receiver;
  let phone = maria;
  let phones = 0;
  beforeAll(async () => {
    tracker = await runningTracker({ settings: switchedOn });
  });
  afterAll(() => tracker.close());
  beforeEach(async () => {
    phones += 1;
    phone = phoneSchema.parse(`+1202555${8_000 + phones}`);
    server = await receiver(status(204));
  });
  afterEach(async () => {
    const { body } = await tracker.ask('/v1/webhooks');
    for (const { id } of body['items'] as readonly { readonly id: string }[])
      await tracker.ask(`/v1/webhooks/${id}`, { method: 'DELETE' });
    await server.close();
  });

  /** Batches of now, for webhooks hear nothing of what was before them; of one trainee in each test. */
  const now = (version: number, ...events: Parameters<typeof batchOf>[1]) =>
    batchOf(version, events, { phone, trainee: registered, at: new Date(Date.now() + 1_000).toISOString() });

  const add = async (fields: object = {}) => {
    const { body, status: answered } = await tracker.ask('/v1/webhooks', {
      body: { url: server.url, kinds: hookKinds, ...fields },
    });
    expect(answered).toBe(201);
    return { id: String(body['id']), secret: String(body['secret']) };
  };
  const deliveries = async (id: string) =>
    (await tracker.ask(`/v1/webhooks/${id}/deliveries`)).body['items'] as readonly Record<string, unknown>[];
  const bodies = (): readonly unknown[] => server.received.map(({ body }) => JSON.parse(body) as unknown);

  it('are told what happens to trainees: by ids, without names and phones', async () => {
    await tracker.tell(now(1, event('TraineeRegistered')));
    const { id, secret } = await add();
    await tracker.tell(
      now(2, completed('one')),
      now(3, event('SupportRequested'), event('DemoRequested', { word: 'opus' })),
      now(4, event('TraineeOptedOut')),
    );
    await until(() => server.received.length === 4);
    const said = server.received.map(({ body }) => body).join();
    expect(said).not.toMatch(new RegExp(`maria|${phone.slice(1)}`, 'i'));
    expect(bodies()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          type: 'drill.completed',
          data: { employerId: 'acme', runId: 'run-one', drill: 'one' },
        }),
        expect.objectContaining({ type: 'support.requested', data: { employerId: 'acme' } }),
        expect.objectContaining({ type: 'demo.requested' }),
        expect.objectContaining({ type: 'trainee.opted_out' }),
      ]),
    );
    expect(server.received.every((each) => isSignedBy(secret, each))).toBe(true);
    await until(async () => (await deliveries(id)).every(({ state }) => state === 'delivered'));
    expect(await deliveries(id)).toHaveLength(4);
  });

  it('are told nothing again when batches come again', async () => {
    const { id } = await add();
    const batch = now(1, event('TraineeRegistered'));
    await tracker.tell(batch, batch);
    await until(() => server.received.length === 1);
    await tracker.tell(batch);
    expect(await deliveries(id)).toHaveLength(1);
  });

  it('hear of the employers and kinds alone that they are for, and of phones where it says so', async () => {
    await add({ employers: ['other'] });
    const { id } = await add({ employers: ['acme'], kinds: ['trainee.opted_out'], withPhones: true });
    await tracker.tell(now(1, event('TraineeRegistered')), now(2, event('TraineeOptedOut')));
    await until(() => server.received.length === 1);
    expect(bodies()).toMatchObject([{ type: 'trainee.opted_out', data: { phone } }]);
    expect(await deliveries(id)).toHaveLength(1);
  });

  it('show their secret once, and a new one when it is asked for', async () => {
    const { id, secret } = await add();
    for (const path of ['/v1/webhooks', `/v1/webhooks/${id}`])
      expect(JSON.stringify((await tracker.ask(path)).body)).not.toContain(secret);
    const { body: rotated } = await tracker.ask(`/v1/webhooks/${id}/rotate`, { method: 'POST' });
    expect(rotated).toMatchObject({ id, previousSecretUntil: expect.any(String) });
    expect(await tracker.ask(`/v1/webhooks/${id}/ping`, { method: 'POST' })).toMatchObject({
      status: 202,
      body: { kind: 'webhook.ping', state: 'waiting' },
    });
    const [received] = await until(() => server.received.length === 1 && server.received);
    for (const by of [secret, String(rotated['secret'])])
      expect(received && isSignedBy(by, received)).toBe(true);
  });

  it('are sent an event again under the same id', async () => {
    const { id } = await add();
    await tracker.ask(`/v1/webhooks/${id}/ping`, { method: 'POST' });
    const settled = await until(async () => {
      const [first] = await deliveries(id);
      return first?.['state'] === 'delivered' && first;
    });
    const path = `/v1/webhooks/${id}/deliveries/${String(settled['id'])}/replay`;
    expect(await tracker.ask(path, { method: 'POST' })).toMatchObject({ status: 202 });
    await until(() => server.received.length === 2);
    expect(server.received[0]?.headers['webhook-id']).toBe(server.received[1]?.headers['webhook-id']);
    expect(server.received[0]?.headers['webhook-id']).toBe(settled['id']);
  });

  it('are enabled and removed', async () => {
    const { id } = await add();
    expect(await tracker.ask(`/v1/webhooks/${id}/enable`, { method: 'POST' })).toMatchObject({ status: 200 });
    expect(await tracker.ask(`/v1/webhooks/${id}`, { method: 'DELETE' })).toMatchObject({ status: 204 });
    for (const [method, path] of [
      ['DELETE', ''],
      ['GET', ''],
      ['GET', '/deliveries'],
      ['POST', '/enable'],
      ['POST', '/ping'],
      ['POST', '/rotate'],
      ['POST', '/deliveries/msg_one/replay'],
    ] as const)
      expect([path, (await tracker.ask(`/v1/webhooks/${id}${path}`, { method })).status]).toEqual([
        path,
        404,
      ]);
  });
});

describe('a webhook', () => {
  let tracker: Tracker;
  beforeAll(async () => {
    tracker = await runningTracker({ settings: switchedOn });
  });
  afterAll(() => tracker.close());

  it.each([
    ['an address inside', { url: 'http://10.0.0.1/' }, '#/url'],
    ['a number for a host', { url: 'http://2130706433/' }, '#/url'],
    ['no address', { url: 'hooks' }, '#/url'],
    ['a kind that there is not', { kinds: ['drill.dreamt'] }, '#/kinds'],
    ['no kinds', { kinds: [] }, '#/kinds'],
    ['no employers', { employers: [] }, '#/employers'],
  ])('is not made with %s', async (_what, fields, pointer) => {
    const asked = { body: { url: 'http://127.0.0.1/', kinds: ['drill.completed'], ...fields } };
    expect(await tracker.ask('/v1/webhooks', asked)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer }] },
    });
  });
});

describe('webhooks that are not switched on', () => {
  it('cannot be made, and the answer names the setting', async () => {
    const tracker = await runningTracker();
    const body = { url: 'https://example.org/', kinds: ['drill.completed'] };
    expect(await tracker.ask('/v1/webhooks', { body })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('WEBHOOK_KEY') },
    });
    await tracker.close();
  });
});
