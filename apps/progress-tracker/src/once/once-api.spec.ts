import { phoneSchema, traineeSchema } from '@stopcovid/contracts';
import { until } from '@stopcovid/runtime';
import { routeCases } from '../keys/routes.testkit';
import { logRecord } from '../messages/messages.testkit';
import { runningTracker, type HttpAnswer } from '../operations/operations.testkit';
import { addressOf } from '../problems/catalogue';
import { recordsOn, takesCourse } from '../records/records.testkit';
import { batchOf, event, maria, registered } from '../tracker.testkit';
import { receiver, status, webhookKey } from '../webhooks/webhooks.testkit';
import { inMemoryKeyedRequests, type KeyedRequests } from './keyed-requests';

const rosa = phoneSchema.parse('+12025550141');
const lucia = phoneSchema.parse('+12025550144');
const resting = phoneSchema.parse('+12025550183');
const onPause = traineeSchema.parse({
  ...registered,
  schedulePaused: { since: '2026-03-01T10:00:00Z', reason: 'text' },
});

/* What takes no key, and why asking again is harmless all the same. */
const withoutKey: Readonly<Record<string, string>> = {
  'POST /v1/keys': 'a name is given once: the second is a 409, and no key may be kept to be told again',
  'POST /v1/imports': 'the same file, sent again, says of everybody what it said before',
  'POST /v1/schedules/preview': 'changes nothing',
};

/** Requests under keys whose answers are kept back while they are held. */
const held = (inner: KeyedRequests) => {
  let release: (() => void) | undefined;
  let gate = Promise.resolve();
  let waiting = 0;
  const seen: string[] = [];
  const requests: KeyedRequests = {
    ...inner,
    begin: (request) => {
      seen.push(JSON.stringify(request));
      return inner.begin(request);
    },
    answer: async (attempt, answer) => {
      seen.push(answer);
      waiting += 1;
      await gate;
      await inner.answer(attempt, answer);
      waiting -= 1;
    },
  };
  return {
    requests,
    seen,
    hold: (): void => {
      gate = new Promise((resolve) => (release = resolve));
    },
    letGo: () => release?.(),
    isWaiting: () => waiting > 0,
  };
};

describe('a request under an Idempotency-Key', () => {
  const kept = held(inMemoryKeyedRequests());
  const on = recordsOn();
  let tracker: Awaited<ReturnType<typeof runningTracker>>;
  let server: Awaited<ReturnType<typeof receiver>>;
  let [webhook, delivery, record, broadcast, contact] = ['', '', '', '', ''];
  let numbers = 0;
  const newKey = (): string => `key-${(numbers += 1)}`;

  const firstIn = async (path: string): Promise<string> =>
    String(((await tracker.ask(path)).body['items'] as readonly { id: string }[])[0]?.id);
  const letter = { audience: { everybody: true }, texts: { en: 'Hello' }, keepHours: 168 };
  const hook = () => ({ url: server.url, kinds: ['drill.completed'] });

  beforeAll(async () => {
    server = await receiver(status(204));
    tracker = await runningTracker({
      keyedRequests: kept.requests,
      settings: {
        ...on.settings,
        WEBHOOK_KEY: webhookKey,
        WEBHOOK_HTTP: true,
        WEBHOOK_NETWORKS: ['127.0.0.0/8'],
      },
    });
    for (const [index, phone] of [maria, lucia].entries()) {
      const run = { runId: `run-${index}`, drill: 'one' };
      const who = { phone, trainee: registered };
      await tracker.tell(
        batchOf(1, [event('DrillStarted', run)], who),
        batchOf(2, [event('PromptFailed', { ...run, response: 'gloves' }), event('SupportRequested')], who),
      );
    }
    await tracker.tell(
      ...takesCourse(true, { phone: rosa }),
      batchOf(1, [event('MenuRequested')], { phone: resting, trainee: onPause }),
    );
    await tracker.openAllDay('acme');
    for (const id of ['resend', 'give-up']) {
      const text = { messageId: id, error: { code: 'STALE', message: 'no' }, body: id, phone: maria };
      await tracker.tellOfTexts(logRecord('SmsSent', text, 1));
    }
    webhook = String((await tracker.ask('/v1/webhooks', { body: hook() })).body['id']);
    await tracker.ask(`/v1/webhooks/${webhook}/ping`, { method: 'POST' });
    delivery = await firstIn(`/v1/webhooks/${webhook}/deliveries`);
    record = await firstIn('/v1/records');
    contact = await firstIn('/v1/contact-requests');
    broadcast = String((await tracker.ask('/v1/broadcasts', { body: letter, key: newKey() })).body['id']);
  }, 20_000);
  afterAll(async () => {
    await Promise.all([tracker.close(), server.close()]);
    on.remove();
  });

  const idIn: Readonly<Record<string, () => string>> = {
    webhooks: () => webhook,
    records: () => record,
    broadcasts: () => broadcast,
    'contact-requests': () => contact,
  };
  const whom: Readonly<Record<string, string>> = { start: rosa, resume: resting };

  const bodies = (): Readonly<Record<string, unknown>> => ({
    'POST /v1/broadcasts': letter,
    'POST /v1/webhooks': hook(),
    'POST /v1/trainees/:phone/actions/start': { drill: 'one' },
  });

  const idsOf = (path: string, at: string): Readonly<Record<string, string>> => {
    const [folder = '', ...others] = path.split('/').slice(2);
    const last = others.at(-1) ?? '';
    return {
      phone: last in whom ? String(whom[last]) : at,
      groupId: at,
      deliveryId: delivery,
      id: folder in idIn ? String(idIn[folder]?.()) : last,
    };
  };

  /* Where a route is asked so that it does something; elsewhere as the case of its roles asks it. */
  const asked = (route: string): { readonly path: string; readonly body?: unknown } => {
    const [, path = ''] = route.split(' ');
    const { at = '', body } = routeCases[route] ?? {};
    const ids = idsOf(path, at);
    const content = bodies()[route] ?? body;
    return {
      path: path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(String(ids[name]))),
      ...(content === undefined ? {} : { body: content }),
    };
  };
  const post = (route: string, key: string | undefined, more: object = {}): Promise<HttpAnswer> => {
    const { path, body } = asked(route);
    const content = Object.keys(more).length > 0 ? { ...(body as object | undefined), ...more } : body;
    return tracker.ask(path, {
      method: 'POST',
      ...(key === undefined ? {} : { key }),
      ...(content === undefined ? {} : { body: content }),
    });
  };
  const problem = (kind: Parameters<typeof addressOf>[0]) => ({ body: { type: addressOf(kind) } });

  const posts = Object.keys(routeCases).filter((route) => route.startsWith('POST '));
  const keyed = posts.filter((route) => !(route in withoutKey));

  it('is taken by every POST but those that need none', async () => {
    const { paths } = (await (await fetch(`${tracker.url}/docs-json`)).json()) as {
      paths: Record<string, { post?: { parameters?: readonly { name: string; in: string }[] } }>;
    };
    const taking = Object.entries(paths).flatMap(([path, { post: operation }]) =>
      operation?.parameters?.some(({ name }) => name === 'Idempotency-Key')
        ? [`POST ${path.replace(/\{(\w+)\}/g, ':$1')}`]
        : [],
    );
    expect(taking.sort()).toEqual([...keyed].sort());
  });

  it.each(keyed)(
    'to %s is carried out once: again the stored answer, other body 422, meanwhile 409',
    async (route) => {
      const key = newKey();
      kept.hold();
      const running = post(route, `"${key}"`);
      await until(() => Promise.resolve(kept.isWaiting()));
      expect(await post(route, key)).toMatchObject({ status: 409, ...problem('still-running') });
      expect(await post(route, key, { other: true })).toMatchObject({ status: 422 });
      kept.letGo();
      const first = await running;
      expect([200, 201, 202]).toContain(first.status);

      const before = tracker.commands().length;
      expect(await post(route, key)).toEqual(first);
      expect(await post(route, `"${key}"`)).toEqual(first);
      expect(tracker.commands()).toHaveLength(before);
      expect(await post(route, key, { other: true })).toMatchObject({
        status: 422,
        ...problem('key-reused'),
      });
    },
  );

  it('must be there for what goes out to many, and not for trying it', async () => {
    expect(await post('POST /v1/broadcasts', undefined)).toMatchObject({
      status: 400,
      body: { type: addressOf('invalid-request'), errors: [{ header: 'Idempotency-Key' }] },
    });
    expect(await tracker.ask('/v1/broadcasts?dryRun=true', { body: letter })).toMatchObject({ status: 200 });
  });

  it('leaves the key free where it was refused', async () => {
    const [key, path] = [newKey(), `/v1/trainees/${maria}/actions/pause`];
    expect(await tracker.ask(path, { body: { until: 'soon' }, key })).toMatchObject({ status: 400 });
    expect(await tracker.ask(path, { body: { until: '2031-01-01' }, key })).toMatchObject({ status: 202 });
  });

  it('is of one caller: the same key of another is another', async () => {
    const [key, path] = [newKey(), `/v1/trainees/${maria}/actions/message`];
    const ours = await tracker.ask(path, { body: { text: 'Hello' }, key });
    const theirs = await tracker.ask(path, { body: { text: 'Good day' }, key, as: 'other' });
    expect([ours, theirs]).toMatchObject([
      { status: 202, body: { by: 'spec' } },
      { status: 202, body: { by: 'other' } },
    ]);
  });

  it('is kept without its key, and what was answered is not to be read', async () => {
    const before = kept.seen.length;
    const body = { phone: maria, code: 'HYGIENE' };
    const { body: answer } = await tracker.ask('/v1/trainees', { body, key: 'plain' });
    const [begun = '', answered = '', ...others] = kept.seen.slice(before);
    expect(others).toEqual([]);
    expect(begun).not.toMatch(/plain|202555|HYGIENE/);
    const read = Buffer.from(answered, 'base64url').toString('latin1');
    expect(answered + read).not.toContain(String(answer['commandId']));
  });
});
