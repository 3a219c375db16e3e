import { until } from '@stopcovid/runtime';
import { logRecord } from '../messages/messages.testkit';
import { runningTracker } from '../operations/operations.testkit';
import { inMemoryProgressStore } from '../progress/in-memory-progress-store';
import { addressOf } from '../problems/catalogue';
import { batchOf, event, maria, registered } from '../tracker.testkit';
import { recordsOn, takesCourse } from '../records/records.testkit';
import { receiver, status, webhookKey } from '../webhooks/webhooks.testkit';

const sokha = '+12025550180' as typeof maria;
const [rosa, lucia] = ['+12025550141', '+12025550144'].map((phone) => phone as typeof maria) as [
  typeof maria,
  typeof maria,
];
const employerId = String(registered.account.employerId);

type Operation = {
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
};
type Page = { readonly items: readonly object[]; readonly nextCursor?: string };

const missed = (phone: string, messageId: string) =>
  logRecord('SmsSent', { messageId, error: { code: '30003', message: 'no' }, body: 'Hi', phone }, 1);

describe('every list of the API', () => {
  let tracker: Awaited<ReturnType<typeof runningTracker>>;
  let server: Awaited<ReturnType<typeof receiver>>;
  let webhook: string;
  const on = recordsOn();

  /** Two webhooks, of which one was sent two things. */
  const makeWebhooks = async (): Promise<void> => {
    const body = { url: server.url, kinds: ['drill.completed'] };
    const add = async (): Promise<string> => String((await tracker.ask('/v1/webhooks', { body })).body['id']);
    await add();
    webhook = await add();
    const ping = () => tracker.ask(`/v1/webhooks/${webhook}/ping`, { method: 'POST' });
    await ping();
    await ping();
    await until(async () => {
      const { items } = (await tracker.ask(`/v1/webhooks/${webhook}/deliveries`)).body as {
        items: readonly { readonly state: string }[];
      };
      return items.every(({ state }) => state === 'delivered');
    });
  };

  /** A store with two who passed while no records were made. */
  const passedBefore = async () => {
    const store = inMemoryProgressStore();
    const settings = { DRILLS_DIR: on.settings.DRILLS_DIR ?? '' };
    const without = await runningTracker({ store, settings });
    for (const phone of ['+12025550161', '+12025550162'] as (typeof maria)[])
      await without.tell(...takesCourse(true, { phone }));
    await without.close();
    return store;
  };

  beforeAll(async () => {
    server = await receiver(status(204));
    tracker = await runningTracker({
      store: await passedBefore(),
      settings: {
        ...on.settings,
        WEBHOOK_KEY: webhookKey,
        WEBHOOK_HTTP: true,
        WEBHOOK_NETWORKS: ['127.0.0.0/8'],
      },
    });
    await makeWebhooks();
    for (const phone of [maria, sokha])
      await tracker.tell(
        batchOf(1, [event('TraineeRegistered')], { phone, trainee: registered }),
        batchOf(2, [event('DrillStarted', { runId: `run-${phone}` })], { phone, trainee: registered }),
        batchOf(
          3,
          [
            event('ReplyUnclear', { runId: `run-${phone}` }),
            ...['soap', 'sand'].map((response) => event('PromptFailed', { runId: `run-${phone}`, response })),
            event('SupportRequested'),
          ],
          { phone, trainee: registered },
        ),
      );
    for (const phone of [rosa, lucia]) await tracker.tell(...takesCourse(true, { phone }));
    await tracker.openAllDay(employerId);
    await tracker.tellOfTexts(missed(maria, 'one'), missed(maria, 'two'), missed(sokha, 'three'));
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const letter = {
      audience: { employerId },
      texts: { en: 'Hi' },
      at: { date: tomorrow, time: '12:00', past: 'nextDay' },
      keepHours: 24,
      busy: 'include',
    };
    for (const format of ['csv', 'ndjson'])
      await tracker.ask('/v1/exports', { body: { list: 'runs', format } });
    await until(async () => {
      const { items } = (await tracker.ask('/v1/exports')).body as {
        items: readonly { readonly state: string }[];
      };
      return items.every(({ state }) => state === 'ready');
    });
    for (const key of ['one', 'two'])
      expect(await tracker.ask('/v1/broadcasts', { body: letter, key })).toMatchObject({ status: 202 });
  }, 15_000);
  afterAll(async () => {
    await Promise.all([tracker.close(), server.close()]);
    on.remove();
  });

  const get = async (address: string) => {
    const headers = { authorization: 'Bearer a-key-of-the-spec-itself' };
    const response = await fetch(address, { headers });
    return { link: response.headers.get('link'), body: (await response.json()) as Page };
  };
  /** The days of the spec are long past; without a drill it is the last ones. */
  const needed = (address: string): string =>
    address.startsWith('/v1/regrading') ? `${address}${address.includes('?') ? '&' : '?'}drill=one` : address;
  const filled = (path: string): string => needed(path.replace('{phone}', maria).replace('{id}', webhook));
  const at = (path: string): string => `${tracker.url}${filled(path)}`;

  /* By what the routes say of themselves, so that the next list is among them. */
  const lists = async (): Promise<readonly [string, Operation][]> => {
    const document = await (await fetch(`${tracker.url}/docs-json`)).json();
    const { paths, components } = document as {
      paths: Record<string, Record<string, Operation>>;
      components: { schemas: Record<string, { properties?: object }> };
    };
    const paged = Object.entries(components.schemas)
      .filter(([, { properties }]) => properties !== undefined && 'nextCursor' in properties)
      .map(([name]) => `#/components/schemas/${name}"`);
    return Object.entries(paths).flatMap(([path, { get: operation }]) => {
      const shown = JSON.stringify(operation?.responses['200'] ?? {});
      return operation !== undefined && paged.some((name) => shown.includes(name)) ? [[path, operation]] : [];
    });
  };

  it('is among these', async () =>
    expect((await lists()).map(([path]) => path).sort()).toEqual([
      '/v1/answers',
      '/v1/broadcasts',
      '/v1/contact-requests',
      '/v1/exports',
      '/v1/messages',
      '/v1/missed-texts',
      '/v1/records',
      '/v1/records/missing',
      '/v1/regrading',
      '/v1/runs',
      '/v1/stats/overdue',
      '/v1/trainees',
      '/v1/trainees/{phone}/events',
      '/v1/webhooks',
      '/v1/webhooks/{id}/deliveries',
    ]));

  it('comes in pages of any length, by its link as by its cursor', async () => {
    for (const [path] of await lists()) {
      const whole = await get(at(path));
      expect([path, whole.link, whole.body.nextCursor]).toEqual([path, null, undefined]);
      const seen: object[] = [];
      let address = at(`${path}?limit=1`);
      for (;;) {
        const { link, body } = await get(address);
        seen.push(...body.items);
        expect(body.items.length).toBeLessThanOrEqual(1);
        if (body.nextCursor === undefined) break;
        const [, next = ''] = /^<(.+)>; rel="next"$/.exec(link ?? '') ?? [];
        expect(new URL(next, address).searchParams.get('cursor')).toBe(body.nextCursor);
        address = new URL(next, address).href;
      }
      expect(seen.length).toBeGreaterThan(1);
      expect([path, seen]).toEqual([path, whole.body.items]);
    }
  });

  it('shows nothing of a place in its cursors, and gives no two alike', async () => {
    for (const [path] of await lists()) {
      const [one, other] = [await get(at(`${path}?limit=1`)), await get(at(`${path}?limit=1`))];
      const read = Buffer.from(String(one.body.nextCursor), 'base64url').toString('latin1');
      expect(read).not.toMatch(/\+?1202|20\d\d-|one|two|three/);
      expect(one.body.nextCursor).not.toBe(other.body.nextCursor);
    }
  });

  it('refuses the cursor of every other list, of another filter, and one that was changed', async () => {
    const foreign = {
      status: 400,
      body: { type: addressOf('foreign-cursor'), errors: [{ parameter: 'cursor' }] },
    };
    const all = await lists();
    for (const [path] of all) {
      const cursor = String((await get(at(`${path}?limit=1`))).body.nextCursor);
      for (const [other] of all.filter(([each]) => each !== path))
        expect(await tracker.ask(filled(`${other}?cursor=${cursor}`))).toMatchObject(foreign);
      const turned = `${cursor.slice(0, -1)}${cursor.endsWith('A') ? 'Q' : 'A'}`;
      expect(await tracker.ask(filled(`${path}?cursor=${turned}`))).toMatchObject({
        body: { type: addressOf('invalid-request'), detail: 'cursor is not one that this service gave' },
      });
    }
    for (const [path, narrower] of [
      ['/v1/trainees', 'language=es'],
      ['/v1/messages', 'status=failed'],
      ['/v1/missed-texts', 'code=30003'],
      ['/v1/stats/overdue', 'drill=one'],
      ['/v1/records', 'status=valid'],
      ['/v1/regrading', 'language=en'],
      ['/v1/runs', 'status=running'],
      ['/v1/answers', 'status=running'],
      [`/v1/trainees/${maria}/events`, 'after=1'],
    ] as const) {
      const cursor = String((await get(at(`${path}?limit=1`))).body.nextCursor);
      expect(await tracker.ask(filled(`${path}?${narrower}&cursor=${cursor}`))).toMatchObject(foreign);
      expect(await tracker.ask(filled(`${path}?limit=7&cursor=${cursor}`))).toMatchObject({ status: 200 });
    }
    const hers = String((await get(at(`/v1/trainees/${maria}/events?limit=1`))).body.nextCursor);
    expect(await tracker.ask(`/v1/trainees/${sokha}/events?cursor=${hers}`)).toMatchObject(foreign);
  });
});
