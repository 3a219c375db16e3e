import { phoneSchema } from '@stopcovid/contracts';
import { runningTracker, type HttpAnswer } from '../operations/operations.testkit';
import { inMemoryProgressStore, type InMemoryProgressStore } from '../progress/in-memory-progress-store';
import { DocumentUnreadable } from '../progress/progress-store';
import { batchOf, completed, event, maria, registered, started } from '../tracker.testkit';

const key = 'a-key-of-the-spec-itself';
const sokha = phoneSchema.parse('+12025550180');
const spoilt = phoneSchema.parse('+12025550199');

describe('the progress API', () => {
  let tracker: Awaited<ReturnType<typeof runningTracker>>;

  beforeAll(async () => {
    const kept = inMemoryProgressStore();
    const store: InMemoryProgressStore = {
      ...kept,
      trainee: (phone) =>
        phone === spoilt
          ? Promise.reject(new DocumentUnreadable('drills: invalid_type'))
          : kept.trainee(phone),
    };
    tracker = await runningTracker({ store });
    const spanish = {
      ...registered,
      profile: { ...registered.profile, language: 'es' },
      account: { employerId: 'other' },
    } as typeof registered;
    await tracker.tell(
      batchOf(1, [started('one')]),
      batchOf(2, [completed('one', { right: 3, graded: 4 })]),
      batchOf(3, [event('TraineeRegistered'), started('two')]),
      batchOf(1, [event('MenuRequested')], { phone: sokha, trainee: spanish }),
    );
  }, 15_000);

  afterAll(() => tracker.close());

  const ask = (path: string): Promise<HttpAnswer> => tracker.ask(path);
  const enrol = (body: object): Promise<HttpAnswer> => tracker.ask('/v1/trainees', { body });
  const phonesOf = ({ body }: HttpAnswer): unknown[] =>
    (body['items'] as { phone: string }[]).map(({ phone }) => phone);

  it('lists trainees in pages', async () => {
    const first = await ask('/v1/trainees?limit=1');
    expect(phonesOf(first)).toEqual([maria]);
    const second = await ask(`/v1/trainees?limit=1&cursor=${String(first.body['nextCursor'])}`);
    expect(phonesOf(second)).toEqual([sokha]);
    expect(second.body).not.toHaveProperty('nextCursor');
  });

  it.each([
    ['employerId=acme', [maria]],
    ['employerId=nobody', []],
    ['language=es', [sokha]],
    ['registered=true', [maria, sokha]],
    ['registered=false', []],
    ['optedOut=true', []],
  ])('filters by %s', async (query, phones) =>
    expect(phonesOf(await ask(`/v1/trainees?${query}`))).toEqual(phones),
  );

  it.each([maria, encodeURIComponent(maria)])(
    'shows one trainee with the history of runs, asked as %s',
    async (phone) => {
      const { status, body } = await ask(`/v1/trainees/${phone}`);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        phone: maria,
        name: 'Maria',
        registered: true,
        runningId: 'run-two',
        runs: [
          { drill: 'two', status: 'running', counts: true },
          { drill: 'one', status: 'completed', right: 3, graded: 4, counts: false },
        ],
      });
    },
  );

  it('proves the consent of a phone by its events, and says nothing of one that never spoke of it', async () => {
    const out = event('TraineeOptedOut', { word: 'STOP', language: 'en', messageId: 'SM9' });
    await tracker.tell(batchOf(2, [out], { phone: sokha }));
    await expect(ask(`/v1/trainees/${sokha}/consent`)).resolves.toEqual({
      status: 200,
      location: null,
      body: {
        phone: sokha,
        items: [
          {
            sequence: 2,
            index: 0,
            at: '2026-03-02T10:00:00.000Z',
            consent: 'out',
            source: 'text',
            word: 'STOP',
            language: 'en',
            messageId: 'SM9',
            commandId: 'command-2',
          },
        ],
      },
    });
    expect((await ask('/v1/trainees/+12025559999/consent')).body).toMatchObject({ items: [] });
    expect((await ask('/v1/trainees/12025559999/consent')).status).toBe(400);
  });

  it.each([
    ['a phone that was never heard of', '/v1/trainees/+12025559999', 404, /ever heard/],
    ['a document that cannot be read', `/v1/trainees/${spoilt}`, 503, /cannot be read.*drills: invalid_type/],
    ['a number that is not E.164', '/v1/trainees/2025550143', 400, /E\.164/],
    ['a field that it does not know', '/v1/trainees?boss=me', 400, /boss/],
    ['a limit out of range', '/v1/trainees?limit=9999', 400, /limit/],
    ['a cursor of somebody else', '/v1/trainees?cursor=abcdefgh', 400, /cursor/],
    ['a word that is neither true nor false', '/v1/trainees?optedOut=maybe', 400, /optedOut/],
    ['an operator in a filter', '/v1/trainees?employerId[$ne]=x', 400, /employerId/],
  ])('refuses %s with the reason', async (_what, path, status, reason) => {
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    expect(String(answer.body['detail'])).toMatch(reason);
  });

  it('takes an enrolment and produces the command, with each label once', async () => {
    const { status, body } = await enrol({
      phone: '+12025550117',
      code: 'HYGIENE',
      name: 'Ana',
      language: 'es',
      labels: ['a', 'b', 'a'],
      source: 'website',
    });
    expect(status).toBe(202);
    expect(tracker.commands()).toContainEqual(
      expect.objectContaining({
        type: 'EnrolTrainee',
        commandId: body['commandId'],
        labels: ['a', 'b'],
        profile: { name: 'Ana', language: 'es' },
        source: 'website',
      }),
    );
  });

  it.each([
    [{ phone: '12025550117', code: 'X' }, /E\.164/],
    [{ phone: '+12025550117' }, /code/],
    [{ phone: '+12025550117', code: 'X', optedOut: false }, /optedOut/],
    [{ phone: { $gt: '' }, code: 'X' }, /phone/],
  ])('refuses the enrolment %j with the reason', async (body, reason) => {
    const answer = await enrol(body);
    expect(answer.status).toBe(400);
    expect(String(answer.body['detail'])).toMatch(reason);
  });

  it.each([
    '/v1/trainees',
    `/v1/trainees/${maria}`,
    '//v1/trainees',
    '/v1/trainees/',
    '/docs/../v1/trainees',
    '/v1/trainees?/health',
  ])('tells nothing without a key: %s', async (path) => {
    for (const headers of [{}, { authorization: 'Bearer wrong-key-of-somebody' }, { authorization: key }]) {
      const response = await fetch(`${tracker.url}${path}`, { headers });
      expect([401, 404]).toContain(response.status);
      expect(await response.text()).not.toContain('+1202');
    }
  });

  it('asks for a key on every route that it has, but for health, metrics, records and files by a link', async () => {
    const { paths } = (await (await fetch(`${tracker.url}/docs-json`)).json()) as {
      paths: Record<string, object>;
    };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ path, method: method.toUpperCase() })),
    );
    const open: string[] = [];
    for (const { path, method } of routes) {
      const response = await fetch(`${tracker.url}${path.replace('{phone}', maria)}`, { method });
      await response.body?.cancel();
      if (response.status !== 401) open.push(`${method} ${path}`);
    }
    expect(routes.length).toBeGreaterThan(open.length);
    expect(open.sort()).toEqual([
      'GET /.well-known/jwks.json',
      'GET /health/live',
      'GET /health/ready',
      'GET /metrics',
      'GET /records/keys/{kid}',
      'GET /records/{id}',
      'GET /records/{id}.jwt',
      'GET /records/{id}/status',
      'GET /v1/exports/{id}/file',
    ]);
  });

  it('lets health, metrics and the page about itself be read without a key', async () => {
    const statuses = await Promise.all(
      ['/health/live', '/health/ready', '/metrics', '/docs', '/docs-json'].map(
        async (path) => (await fetch(`${tracker.url}${path}`)).status,
      ),
    );
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
  });

  it('describes every route of its own in its OpenAPI document, each with the key that it needs', async () => {
    const response = await fetch(`${tracker.url}/docs-json`);
    const { paths } = (await response.json()) as {
      paths: Record<string, Record<string, { security?: object[] }>>;
    };
    const own = Object.entries(paths).filter(([path]) => path.startsWith('/v1/'));
    const served = tracker.routes.map(({ path }) => path.replace(/:(\w+)/g, '{$1}'));
    expect(own.map(([path]) => path).sort()).toEqual(
      [...new Set(served.filter((path) => path.startsWith('/v1/')))].sort(),
    );
    for (const [, methods] of own)
      for (const method of Object.values(methods)) expect(method.security).toEqual([{ bearer: [] }]);
  });

  it('says there what each route answers when all is well', async () => {
    const response = await fetch(`${tracker.url}/docs-json`);
    const { paths } = (await response.json()) as {
      paths: Record<string, Record<string, { responses: Record<string, { content?: object }> }>>;
    };
    const untold = Object.entries(paths)
      .filter(([path]) => path.startsWith('/v1/'))
      .flatMap(([path, methods]) =>
        Object.entries(methods).flatMap(([method, { responses }]) =>
          Object.entries(responses).some(
            ([status, { content }]) => status === '204' || (status.startsWith('2') && content !== undefined),
          )
            ? []
            : [`${method.toUpperCase()} ${path}`],
        ),
      );
    expect(untold).toEqual([]);
  });
});
