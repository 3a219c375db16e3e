import { phoneSchema } from '@stopcovid/contracts';
import { InMemoryLog, PublishFailed, type LogRecord } from '@stopcovid/kafka';
import { inMemoryExports } from '../exports/exports';
import { ready, running } from '../exports/exports.testkit';
import { logRecord } from '../messages/messages.testkit';
import { fingerprintOf, idOfKey, type KeyedRequest } from '../once/keyed-request';
import { inMemoryKeyedRequests } from '../once/keyed-requests';
import { runningTracker } from '../operations/operations.testkit';
import { inMemoryProgressStore } from '../progress/in-memory-progress-store';
import { DocumentUnreadable } from '../progress/progress-store';
import { batchOf, event, maria, registered } from '../tracker.testkit';
import { recordsOn, takesCourse } from '../records/records.testkit';
import { addressOf, catalogue, type ProblemKind } from './catalogue';

const spoilt = phoneSchema.parse('+12025550199');
const tripping = phoneSchema.parse('+12025550198');
const stranger = '+12025559999';

class LogThatGoesAway extends InMemoryLog {
  away = false;
  override append(...given: Parameters<InMemoryLog['append']>): LogRecord {
    if (this.away) throw new PublishFailed(given[0], new Error('no broker'));
    return super.append(...given);
  }
}

const kept = inMemoryProgressStore();
const store: typeof kept = {
  ...kept,
  trainee: (phone) => {
    if (phone === spoilt) return Promise.reject(new DocumentUnreadable('drills: invalid_type'));
    if (phone === tripping) return Promise.reject(new TypeError(`a secret of ${tripping}`));
    return kept.trainee(phone);
  },
};

const headers = { authorization: 'Bearer a-key-of-the-spec-itself', 'content-type': 'application/json' };
const enrolment = (fields: object) => ({ method: 'POST', headers, body: JSON.stringify(fields) });
const asked = (body: object, key?: string) => ({
  method: 'POST',
  headers: { ...headers, ...(key !== undefined && { 'idempotency-key': key }) },
  body: JSON.stringify(body),
});
const deep = (depth: number): object => (depth === 0 ? {} : { in: deep(depth - 1) });

/** A request under a key that is begun, and never answered. */
const atIt = { by: 'spec', employers: undefined, key: 'at-it', method: 'POST', url: '/v1/exports', body: {} };
const begun = (): KeyedRequest => ({
  id: idOfKey(atIt),
  fingerprint: fingerprintOf(atIt),
  attempt: 'of another process',
  startedAt: new Date(),
  expiresAt: new Date(Date.now() + 86_400_000),
});

type Row = readonly [what: string, kind: ProblemKind, path: string, init: RequestInit, members: object];

const rows: readonly Row[] = [
  ['no key', 'key-needed', '/v1/trainees', {}, {}],
  ['a path of nothing', 'no-such-route', '/v1/trainee', { headers }, {}],
  ['a method of no route', 'no-such-route', '/v1/trainees', { method: 'PATCH' }, {}],
  [
    'a stranger',
    'not-found',
    `/v1/trainees/${stranger}`,
    { headers },
    { detail: expect.stringContaining('ever heard') },
  ],
  ['half a body', 'malformed-request', '/v1/trainees', { headers, method: 'POST', body: '{"phone":' }, {}],
  ['a body too deep', 'malformed-request', '/v1/trainees', enrolment(deep(40)), {}],
  ['a path that cannot be decoded', 'malformed-request', '/v1/trainees/%zz', { headers }, {}],
  [
    'a path parameter',
    'invalid-request',
    '/v1/trainees/1234',
    { headers },
    { errors: [{ parameter: 'phone', detail: expect.stringContaining('E.164') }] },
  ],
  [
    'a query parameter',
    'invalid-request',
    '/v1/messages?from=yesterday&limit=0',
    { headers },
    {
      errors: expect.arrayContaining([
        { parameter: 'from', detail: expect.stringContaining('2026-03-01') },
        { parameter: 'limit', detail: expect.stringContaining('not be less than 1') },
      ]),
    },
  ],
  [
    'parameters at odds',
    'invalid-request',
    '/v1/messages?from=2026-03-02&to=2026-03-01',
    { headers },
    { errors: [{ parameter: 'from', detail: 'from must be before to' }] },
  ],
  [
    'a parameter that there is not',
    'invalid-request',
    '/v1/trainees?boss=me',
    { headers },
    { errors: [{ parameter: 'boss', detail: 'property boss should not exist' }] },
  ],
  [
    'a field of the body',
    'invalid-request',
    '/v1/trainees',
    enrolment({ phone: maria, code: 'A', labels: 'a/b' }),
    { errors: expect.arrayContaining([{ pointer: '#/labels', detail: 'labels must be an array' }]) },
  ],
  [
    'a field in a field',
    'invalid-request',
    '/v1/broadcasts',
    asked({ audience: { employer: 'acme' }, texts: { en: '' } }, 'wrong'),
    { errors: expect.arrayContaining([{ pointer: '#/texts/en', detail: expect.anything() }]) },
  ],
  [
    'a header',
    'invalid-request',
    `/v1/trainees/${maria}/actions/resume`,
    asked({}, 'two words'),
    { errors: [{ header: 'Idempotency-Key', detail: expect.stringContaining('visible characters') }] },
  ],
  [
    'a parameter among fields',
    'invalid-request',
    '/v1/schedules/planet:mars',
    { headers },
    { errors: [{ parameter: 'owner', detail: expect.stringContaining('must be employer:ID') }] },
  ],
  [
    'a trainee who cannot be asked',
    'hindered',
    `/v1/trainees/${stranger}/actions/remind`,
    asked({}),
    { obstacles: expect.arrayContaining([expect.objectContaining({ code: 'nothingOpen' })]) },
  ],
  [
    'a broadcast to nobody',
    'hindered',
    '/v1/broadcasts',
    asked(
      {
        audience: { employerId: 'nobody' },
        texts: { en: 'Hello' },
        at: { date: '2199-06-10', time: '09:00', past: 'skip' },
      },
      'to-nobody',
    ),
    { preview: expect.anything() },
  ],
  [
    'a key of something else',
    'key-reused',
    `/v1/trainees/${maria}/actions/pause`,
    asked({ until: '2199-01-01' }, 'one'),
    {},
  ],
  [
    'a request that is being carried out',
    'still-running',
    atIt.url,
    asked({}, atIt.key),
    { detail: expect.stringContaining('not answered yet') },
  ],
  ['a body of a megabyte', 'too-large', '/v1/trainees', enrolment({ code: 'x'.repeat(1_000_000) }), {}],
  [
    'a body of another type',
    'unsupported-media-type',
    '/v1/trainees',
    { method: 'POST', headers: { ...headers, 'content-type': 'application/xml' }, body: '<a/>' },
    {},
  ],
  [
    'a form that there is not',
    'not-acceptable',
    '/v1/stats/completion',
    { headers: { ...headers, accept: 'application/pdf' } },
    { errors: [{ header: 'Accept', detail: expect.stringContaining('text/csv') }] },
  ],
  ['a file that is no table', 'unsupported-media-type', '/v1/imports', enrolment({}), {}],
  [
    'a document that cannot be read',
    'document-unreadable',
    `/v1/trainees/${spoilt}`,
    { headers },
    { detail: 'A document cannot be read here (drills: invalid_type).' },
  ],
  [
    'a mistake of ours',
    'internal-error',
    `/v1/trainees/${tripping}`,
    { headers },
    { detail: 'The log has what it was.' },
  ],
  [
    'what is not switched on',
    'switched-off',
    '/v1/records',
    { headers },
    { detail: expect.stringContaining('RECORDS_KEY') },
  ],
  ['a text that was ruled', 'ruled-before', '/v1/missed-texts/lost/give-up', asked({}), {}],
];

const settings = {
  API_REQUESTS_PER_SECOND: 10,
  JWKS_URL: new URL('http://127.0.0.1:1/nothing-listens-here'),
  JWT_ISSUER: 'login.example.org',
  JWT_AUDIENCE: 'stopcovid',
};

describe('what goes wrong is answered as a problem of the catalogue', () => {
  const log = new LogThatGoesAway(4);
  const exports_ = inMemoryExports();
  const keyedRequests = inMemoryKeyedRequests();
  let tracker: Awaited<ReturnType<typeof runningTracker>>;
  const met = new Set<string>();

  const problemAt = async (
    path: string,
    init: RequestInit,
    url = tracker.url,
  ): Promise<Record<string, unknown>> => {
    const response = await fetch(`${url}${path}`, init);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    const problem = (await response.json()) as Record<string, unknown>;
    expect(problem['status']).toBe(response.status);
    met.add(String(problem['type']));
    return problem;
  };

  beforeAll(async () => {
    tracker = await runningTracker({ log, store, exports: exports_, keyedRequests, settings });
    await keyedRequests.begin(begun());
    await tracker.tell(batchOf(1, [event('TraineeRegistered')], { phone: maria, trainee: registered }));
    await tracker.tell(batchOf(1, [event('MenuRequested')], { phone: phoneSchema.parse('+12025550180') }));
    await tracker.openAllDay(String(registered.account.employerId));
    const refused = { messageId: 'lost', error: { code: '30003', message: 'no' }, body: 'Hi', phone: maria };
    await tracker.tellOfTexts(logRecord('SmsSent', refused, 1));
    await tracker.ask('/v1/missed-texts/lost/resend', { method: 'POST', body: {} });
    await tracker.ask(`/v1/trainees/${maria}/actions/pause`, { body: {}, key: 'one' });
  }, 15_000);
  afterAll(() => tracker.close());

  it.each(rows)('%s: %s', async (_what, kind, path, init, members) => {
    const { status, title } = catalogue[kind];
    expect(await problemAt(path, init)).toEqual({
      type: addressOf(kind),
      title,
      status,
      detail: expect.stringMatching(/./),
      instance: expect.stringMatching(/^urn:uuid:[\da-f-]{36}$/),
      ...(kind === 'invalid-request' && { errors: expect.anything() }),
      ...members,
    });
  });

  it('a key that may not do it: forbidden', async () => {
    const { body } = await tracker.ask('/v1/keys', { body: { name: 'reader', role: 'analyst' } });
    const problem = await problemAt('/v1/keys', {
      headers: { authorization: `Bearer ${String(body['key'])}` },
    });
    expect(problem).toMatchObject({ type: addressOf('forbidden'), detail: expect.stringContaining('admin') });
  });

  it('a key of a name that is taken: cannot-be-added', async () => {
    const add = () => problemAt('/v1/keys', asked({ name: 'reader', role: 'analyst' }));
    expect(await add()).toMatchObject({ type: addressOf('cannot-be-added'), status: 409 });
  });

  it('a file that is not made, one that was removed, and one for which there is no room: by exports', async () => {
    const kinds = ['export-not-ready', 'export-expired', 'exports-full'] as const;
    const expiresAt = new Date('2100-01-01T00:00:00Z');
    await exports_.add(running({ dueAt: expiresAt }, { id: 'ex_new', expiresAt }));
    await exports_.add(ready({}, { id: 'ex_old' }));
    await exports_.add(ready({ bytes: 2 ** 31, told: true }, { id: 'ex_big', expiresAt }));
    const problems = [
      await problemAt('/v1/exports/ex_new/file', { headers }),
      await problemAt('/v1/exports/ex_old/file', { headers }),
      await problemAt('/v1/exports', asked({ list: 'runs', format: 'csv' })),
    ];
    expect(problems.map(({ type }) => type)).toEqual(kinds.map(addressOf));
  });

  it('a cursor with another filter: foreign-cursor', async () => {
    const { body } = await tracker.ask('/v1/trainees?limit=1');
    const path = `/v1/trainees?language=es&cursor=${String(body['nextCursor'])}`;
    expect(await problemAt(path, { headers })).toMatchObject({ type: addressOf('foreign-cursor') });
  });

  it('an enrolment while Kafka is away: kafka-away', async () => {
    log.away = true;
    const problem = await problemAt('/v1/trainees', enrolment({ phone: maria, code: 'HYGIENE' }));
    log.away = false;
    expect(problem).toMatchObject({ type: addressOf('kafka-away'), status: 503 });
  });

  it('a token while the keys of the identity provider are away: keys-away', async () => {
    const part = (fields: object) => Buffer.from(JSON.stringify(fields)).toString('base64url');
    const authorization = `Bearer ${part({ alg: 'RS256' })}.${part({ sub: 'ann' })}.c2ln`;
    const problem = await problemAt('/v1/drills', { headers: { authorization } });
    expect(problem).toMatchObject({ type: addressOf('keys-away'), status: 503 });
  });

  it('the credential of a record that a new registration took back: withdrawn', async () => {
    const on = recordsOn();
    const other = await runningTracker({ settings: on.settings });
    await other.tell(...takesCourse(true), batchOf(4, [event('TraineeRegistered')]));
    const [record] = (await other.ask('/v1/records')).body['items'] as readonly { readonly id: string }[];
    const problem = await problemAt(`/records/${record?.id}.jwt`, {}, other.url);
    expect(problem).toMatchObject({ type: addressOf('withdrawn'), status: 410 });
    await other.close();
    on.remove();
  });

  it('a missing key is answered with how to give one', async () => {
    const { headers: said } = await fetch(`${tracker.url}/v1/trainees`);
    expect(said.get('www-authenticate')).toBe('Bearer');
  });

  it('a key that asks too often, and no other key: too-many-requests', async () => {
    const asking = { authorization: 'Bearer another-key-of-the-spec' };
    const answers = await Promise.all(
      Array.from({ length: 120 }, () => fetch(`${tracker.url}/v1/drills`, { headers: asking })),
    );
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get('retry-after')).toBe('1');
    const problem = await problemAt('/v1/drills', { headers: asking });
    expect(problem).toMatchObject({
      type: addressOf('too-many-requests'),
      detail: 'other asks too often; ask again in 1 s.',
    });
    expect((await fetch(`${tracker.url}/v1/drills`, { headers })).status).toBe(200);
  });

  it('each kind of the catalogue comes about here', () =>
    expect([...met].sort()).toEqual(
      Object.keys(catalogue)
        .map((kind) => addressOf(kind as ProblemKind))
        .sort(),
    ));
});
