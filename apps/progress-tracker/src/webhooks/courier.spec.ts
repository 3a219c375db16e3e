import type { ServerResponse } from 'node:http';
import { pause, until } from '@stopcovid/runtime';
import { announce } from './announce';
import { Courier, type CourierParts } from './courier';
import { inMemoryDeliveries } from './deliveries';
import { postWebhook, retryAfterMsOf } from './post-webhook';
import { guardedLookup, type ReachRules } from './reachable';
import { newWebhookSecret } from './standard-webhooks';
import type { Webhook } from './webhook';
import { inMemoryWebhooks } from './webhooks';
import {
  after,
  hookEvent,
  isSignedBy,
  noon,
  receiver,
  seal,
  secret,
  status,
  thisMachine,
  webhook,
} from './webhooks.testkit';

type Receiver = Awaited<ReturnType<typeof receiver>>;

const opened: { close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

const receiving = async (...how: Parameters<typeof receiver>): Promise<Receiver> => {
  const server = await receiver(...how);
  opened.push(server);
  return server;
};

const world = async (...hooks: readonly Webhook[]) => {
  const [webhooks, deliveries] = [inMemoryWebhooks(), inMemoryDeliveries()];
  for (const each of hooks) await webhooks.add(each);
  let now = noon;
  const troubles: unknown[] = [];
  const courier = (
    changes: Partial<CourierParts> = {},
    { reach = thisMachine, timeoutMs = 5_000 }: { reach?: ReachRules; timeoutMs?: number } = {},
  ): Courier =>
    new Courier({
      ...{ webhooks, deliveries, seal, pause, everyMs: 5 },
      post: (post, signal) => postWebhook({ reach, lookup: guardedLookup(reach), timeoutMs }, post, signal),
      announceDays: () => Promise.resolve(),
      now: () => now,
      chance: () => 0,
      onTried: () => undefined,
      onUnreadable: () => undefined,
      onTrouble: (error) => void troubles.push(error),
      ...changes,
    });
  return {
    webhooks,
    deliveries,
    troubles,
    courier,
    tell: (...ids: readonly string[]) =>
      announce(
        { webhooks, deliveries, now: () => now },
        ids.map((id) => hookEvent(id)),
      ),
    /** One look, and all that it begins. */
    once: async (by: Courier): Promise<void> => {
      await by.look();
      await by.idle();
    },
    at: (time: Date): void => {
      now = time;
    },
    stateOf: async (event: string, of = 'wh_one') => deliveries.one(`${of}:${event}`),
  };
};

describe('an event on its way to a webhook', () => {
  it('arrives signed, with its ids and no phone', async () => {
    const server = await receiving(status(204));
    const { tell, once, courier, stateOf } = await world(webhook({ url: server.url }));
    await tell('msg_one');
    await once(courier());
    const [received] = server.received;
    expect(received?.headers).toMatchObject({
      'webhook-id': 'msg_one',
      'webhook-timestamp': String(noon.getTime() / 1_000),
      'content-type': 'application/json',
    });
    expect(received && isSignedBy(secret, received)).toBe(true);
    expect(received && isSignedBy(secret, { ...received, body: `${received.body} ` })).toBe(false);
    expect(JSON.parse(received?.body ?? '')).toEqual({
      type: 'drill.completed',
      timestamp: noon.toISOString(),
      data: { employerId: 'acme', runId: 'run-one' },
    });
    expect(await stateOf('msg_one')).toMatchObject({ state: 'delivered', attempts: 1 });
  });

  it('is there once, however often it is announced', async () => {
    const server = await receiving(status(204));
    const { tell, once, courier } = await world(webhook({ url: server.url }));
    const by = courier();
    for (let time = 0; time < 3; time += 1) {
      await tell('msg_one');
      await once(by);
    }
    expect(server.received).toHaveLength(1);
  });

  it('comes again under its id until it is taken', async () => {
    const server = await receiving((response, count) => status(count < 3 ? 500 : 200)(response));
    const { tell, once, courier, at, stateOf, webhooks } = await world(webhook({ url: server.url }));
    const by = courier();
    await tell('msg_one');
    await once(by);
    await once(by);
    expect(server.received).toHaveLength(1);
    expect(await webhooks.one('wh_one')).toMatchObject({ failingSince: noon });
    at(after(5_000));
    await once(by);
    at(after(305_000));
    await once(by);
    expect(server.received.map(({ headers }) => headers['webhook-id'])).toEqual(Array(3).fill('msg_one'));
    expect(await stateOf('msg_one')).toMatchObject({ state: 'delivered', attempts: 3 });
    expect(await webhooks.one('wh_one')).not.toHaveProperty('failingSince');
  });

  it('does not follow a redirect', async () => {
    const elsewhere = await receiving(status(200));
    const server = await receiving(status(307, { location: elsewhere.url }));
    const { tell, once, courier, stateOf } = await world(webhook({ url: server.url }));
    await tell('msg_one');
    await once(courier());
    expect(elsewhere.received).toEqual([]);
    expect(await stateOf('msg_one')).toMatchObject({ state: 'waiting', last: { status: 307 } });
  });

  it('is broken off when the address hangs', async () => {
    const server = await receiving(() => undefined);
    const { tell, once, courier, stateOf } = await world(webhook({ url: server.url }));
    await tell('msg_one');
    await once(courier({}, { timeoutMs: 50 }));
    expect(await stateOf('msg_one')).toMatchObject({ state: 'waiting', last: { reason: 'timed-out' } });
  });

  it('is taken by its status, however long an answer goes on', async () => {
    const server = await receiving((response) => {
      response.writeHead(200);
      const more = (): void => {
        if (response.writable) response.write(Buffer.alloc(65_536), more);
      };
      more();
    });
    const { tell, once, courier, stateOf } = await world(webhook({ url: server.url }));
    await tell('msg_one');
    await once(courier());
    expect(await stateOf('msg_one')).toMatchObject({ state: 'delivered' });
  });

  it('reaches nothing inside, by address or by name', async () => {
    const server = await receiving(status(200));
    const byName = server.url.replace('127.0.0.1', 'localhost');
    const { tell, once, courier, stateOf } = await world(
      webhook({ url: server.url }),
      webhook({ id: 'wh_name', url: byName }),
    );
    await tell('msg_one');
    await once(courier({}, { reach: { allowHttp: true, networks: [] } }));
    for (const each of ['wh_one', 'wh_name'])
      expect(await stateOf('msg_one', each)).toMatchObject({ last: { reason: 'address-refused' } });
    expect(server.received).toEqual([]);
  });

  it('waits without its secret, which another key sealed', async () => {
    const server = await receiving(status(200));
    const { tell, once, courier, stateOf } = await world(
      webhook({ url: server.url, secret: 'x'.repeat(80) }),
    );
    await tell('msg_one');
    await once(courier());
    expect(server.received).toEqual([]);
    expect(await stateOf('msg_one')).toMatchObject({ last: { reason: 'secret-unreadable' } });
  });
});

describe('a webhook', () => {
  it('that hangs delays itself alone', async () => {
    const [hanging, good] = [await receiving(() => undefined), await receiving(status(200))];
    const { tell, courier, stateOf } = await world(
      webhook({ url: hanging.url }),
      webhook({ id: 'wh_good', url: good.url }),
    );
    const by = courier();
    const events = Array.from({ length: 12 }, (_, number) => `msg_${number}`);
    await tell(...events);
    by.start();
    await until(() => good.received.length === 12);
    await by.stop();
    expect(hanging.received).toHaveLength(4);
    for (const event of events) expect(await stateOf(event)).toMatchObject({ state: 'waiting', attempts: 0 });
  });

  it('that answers 410 is told nothing more, until it is enabled', async () => {
    const server = await receiving(status(410));
    const { tell, once, courier, webhooks, stateOf } = await world(webhook({ url: server.url }));
    const by = courier();
    await tell('msg_one');
    await once(by);
    await tell('msg_two');
    await once(by);
    expect(server.received).toHaveLength(1);
    expect(await stateOf('msg_two')).toBeUndefined();
    expect(await webhooks.one('wh_one')).toMatchObject({ disabled: { because: 'gone' } });
    await webhooks.change('wh_one', { disabled: null });
    await tell('msg_three');
    await once(by);
    expect(server.received).toHaveLength(2);
  });

  it('that asks for a pause has one, for all that is on its way', async () => {
    const server = await receiving((response, count) =>
      status(count === 1 ? 429 : 200, { 'retry-after': '90' })(response),
    );
    const { tell, once, courier, at } = await world(webhook({ url: server.url }));
    const by = courier();
    await tell('msg_one');
    await once(by);
    await tell('msg_two');
    at(after(89_000));
    await once(by);
    expect(server.received).toHaveLength(1);
    at(after(90_000));
    await once(by);
    expect(server.received).toHaveLength(3);
  });

  it('of which one event comes through and one does not, is failing by the later answer alone', async () => {
    const held: ServerResponse[] = [];
    const server = await receiving((response) => void held.push(response));
    const { tell, courier, webhooks, at } = await world(webhook({ url: server.url }));
    const by = courier();
    await tell('msg_one', 'msg_two');
    await by.look();
    await until(() => held.length === 2);
    const [first, second] = held;
    at(after(1));
    if (first !== undefined) status(500)(first);
    await until(async () => (await webhooks.one('wh_one'))?.failingSince !== undefined);
    at(after(2));
    if (second !== undefined) status(200)(second);
    await by.idle();
    expect(await webhooks.one('wh_one')).toMatchObject({ succeededAt: after(2) });
    expect(await webhooks.one('wh_one')).not.toHaveProperty('failingSince');
  });

  it('with a new secret is signed by both for as long as the old one holds', async () => {
    const server = await receiving(status(200));
    const next = newWebhookSecret();
    const previous = { secret: seal.close(secret), until: after(1_000) };
    const { tell, once, courier, at } = await world(
      webhook({ url: server.url, secret: seal.close(next), previous }),
    );
    const by = courier();
    await tell('msg_one');
    await once(by);
    at(after(1_000));
    await tell('msg_two');
    await once(by);
    const signed = server.received.map((each) => [isSignedBy(next, each), isSignedBy(secret, each)]);
    expect(signed).toEqual([
      [true, true],
      [true, false],
    ]);
  });
});

describe('a process that ends', () => {
  it('in the midst of a try puts it back, and the next sends it', async () => {
    const server = await receiving((response, count) => (count === 1 ? undefined : status(200)(response)));
    const { tell, courier, once, stateOf } = await world(webhook({ url: server.url }));
    const first = courier();
    await tell('msg_one');
    first.start();
    await until(() => server.received.length === 1);
    await first.stop();
    await once(courier());
    expect(await stateOf('msg_one')).toMatchObject({ state: 'delivered', attempts: 1 });
  });

  it('without a word is believed to try for a minute', async () => {
    const server = await receiving(status(200));
    const { tell, courier, once, at, stateOf } = await world(webhook({ url: server.url }));
    const forever = new Promise<never>(() => undefined);
    await tell('msg_one');
    await courier({ post: () => forever }).look();
    at(after(59_999));
    await once(courier());
    expect(server.received).toEqual([]);
    at(after(60_000));
    await Promise.all([once(courier()), once(courier())]);
    expect(server.received).toHaveLength(1);
    expect(await stateOf('msg_one')).toMatchObject({ state: 'delivered', attempts: 2 });
  });
});

describe('the header Retry-After', () => {
  it.each([
    ['120', 120_000],
    ['Wed, 10 Jun 2026 12:01:00 GMT', 60_000],
    ['Wed, 10 Jun 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('%s', (text, ms) => expect(retryAfterMsOf(text, noon.getTime())).toBe(ms));
});
