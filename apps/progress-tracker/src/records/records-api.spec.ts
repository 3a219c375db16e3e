import { phoneSchema, topics } from '@stopcovid/contracts';
import { createLocalJWKSet, decodeJwt, importJWK, jwtVerify, type JSONWebKeySet, type JWK } from 'jose';
import { z } from 'zod';
import { runningTracker } from '../operations/operations.testkit';
import { addressOf } from '../problems/catalogue';
import { batchOf, event, maria, registered } from '../tracker.testkit';
import { issuerUrl, newRecordsKey, recordsKey, recordsOn, takesCourse } from './records.testkit';

/** What Open Badges 3.0 requires of a credential, as a VC-JWT has it (its sections B.1 and 8.2). */
const typed = (type: string) => z.array(z.string()).refine((types) => types.includes(type));
const openBadgeSchema = z.object({
  '@context': z
    .array(z.url())
    .refine(
      ([first, second]) =>
        first === 'https://www.w3.org/ns/credentials/v2' &&
        /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context-3\.0\.\d\.json$/.test(second ?? ''),
    ),
  id: z.url(),
  type: z
    .array(z.string())
    .refine((types) => types.includes('VerifiableCredential') && types.includes('OpenBadgeCredential')),
  name: z.string().min(1),
  issuer: z.object({ id: z.url(), type: typed('Profile'), name: z.string().min(1) }),
  validFrom: z.iso.datetime(),
  credentialSubject: z.object({
    id: z.url(),
    type: typed('AchievementSubject'),
    identifier: z
      .array(
        z.object({
          type: z.literal('IdentityObject'),
          hashed: z.boolean(),
          identityHash: z.string(),
          identityType: z.string(),
        }),
      )
      .optional(),
    achievement: z.object({
      id: z.url(),
      type: typed('Achievement'),
      name: z.string().min(1),
      description: z.string().min(1),
      criteria: z.object({ narrative: z.string().min(1) }),
    }),
  }),
  credentialStatus: z.object({ id: z.url(), type: z.string() }),
});

type Tracker = Awaited<ReturnType<typeof runningTracker>>;

describe('records of courses passed', () => {
  const on = recordsOn();
  const open: Tracker[] = [];
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });
  afterAll(on.remove);

  const running = async (settings: object = {}): Promise<Tracker> => {
    const started = await runningTracker({ settings: { ...on.settings, ...settings } });
    open.push(started);
    return started;
  };
  const items = async ({ ask }: Tracker) =>
    (await ask('/v1/records')).body['items'] as readonly Readonly<Record<string, unknown>>[];
  const passed = async (tracker: Tracker): Promise<string> => {
    await tracker.tell(...takesCourse(true));
    const [record] = await items(tracker);
    return String(record?.['id']);
  };
  const jwtOf = async ({ url }: Tracker, id: string): Promise<string> =>
    (await fetch(`${url}/records/${id}.jwt`)).text();
  const keysOf = async ({ url }: Tracker): Promise<JSONWebKeySet> =>
    (await (await fetch(`${url}/.well-known/jwks.json`)).json()) as JSONWebKeySet;

  it('are made for who passes, once, and for nobody else', async () => {
    const tracker = await running();
    await tracker.tell(
      ...takesCourse(false, { phone: phoneSchema.parse('+12025550180') }),
      ...takesCourse(true),
    );
    await tracker.tell(...takesCourse(true));
    expect(await items(tracker)).toMatchObject([
      {
        status: 'valid',
        phone: maria,
        employerId: 'acme',
        course: 'clean-hands',
        title: 'Clean hands',
        language: 'en',
        passedAt: '2026-03-03T10:00:00.000Z',
        score: { count: 1, of: 1 },
        passMark: 80,
      },
    ]);
  });

  it('are told to their trainee by a text, once', async () => {
    const tracker = await running();
    const id = await passed(tracker);
    await tracker.tell(...takesCourse(true), ...takesCourse(true, { from: 4 }));
    const texts = tracker.log
      .records(topics.dialogCommands)
      .map(({ value }) => value?.toString() ?? '')
      .filter((value) => value.includes('SendMessage') && value.includes('/records/'));
    expect(texts).toHaveLength(1);
    expect(JSON.parse(texts[0] ?? '')).toMatchObject({
      commandId: `record:${id}`,
      text: `You passed Clean hands! Your record of it, which you can show to anybody: ${issuerUrl}/records/${id}`,
      delivery: { windows: expect.anything() },
    });
  });

  it('are at an address by which nobody tells a phone, always the same one', async () => {
    const ids = [await passed(await running()), await passed(await running())];
    expect(ids[0]).toMatch(/^[\w-]{22}$/);
    expect(ids[1]).toBe(ids[0]);
    expect(await passed(await running({ RECORDS_KEY: newRecordsKey().secret }))).not.toBe(ids[0]);
  });

  it('are Open Badges 3.0, verified by the keys that are served, without a phone or a name in them', async () => {
    const tracker = await running();
    const id = await passed(tracker);
    const jwt = await jwtOf(tracker, id);
    const { payload, protectedHeader } = await jwtVerify(jwt, createLocalJWKSet(await keysOf(tracker)), {
      issuer: issuerUrl,
      subject: `${issuerUrl}/records/${id}#holder`,
      algorithms: ['EdDSA'],
    });
    expect(openBadgeSchema.safeParse(payload).error).toBeUndefined();
    expect(payload).toMatchObject({ jti: payload['id'], nbf: Date.parse('2026-03-03T10:00:00Z') / 1_000 });
    expect(JSON.stringify(payload)).not.toMatch(/2025550143|maria/i);
    const { pathname } = new URL(String(protectedHeader.kid));
    const key = (await (await fetch(`${tracker.url}${pathname}`)).json()) as JWK;
    await expect(jwtVerify(jwt, await importJWK(key, 'EdDSA'))).resolves.toMatchObject({ payload });
  });

  it('are refused when anything in them was changed', async () => {
    const tracker = await running();
    const [header = '', payload = '', signature = ''] = (await jwtOf(tracker, await passed(tracker))).split(
      '.',
    );
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, name: 'Surgery' })).toString('base64url');
    const keys = createLocalJWKSet(await keysOf(tracker));
    await expect(jwtVerify([header, forged, signature].join('.'), keys)).rejects.toMatchObject({
      code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    });
  });

  it('stay verifiable after the key was changed', async () => {
    const before = await running();
    const jwt = await jwtOf(before, await passed(before));
    const after = await running({
      RECORDS_KEY: newRecordsKey().secret,
      RECORDS_EARLIER_KEYS: [recordsKey.x],
    });
    const keys = await keysOf(after);
    expect(keys.keys).toHaveLength(2);
    await expect(jwtVerify(jwt, createLocalJWKSet(keys))).resolves.toBeDefined();
    const again = await jwtOf(after, await passed(after));
    await expect(jwtVerify(again, createLocalJWKSet(keys))).resolves.toBeDefined();
    await expect(jwtVerify(again, createLocalJWKSet(await keysOf(before)))).rejects.toMatchObject({
      code: 'ERR_JWKS_NO_MATCHING_KEY',
    });
  });

  it('name their holder where a drill stored that this may be', async () => {
    const profile = { ...registered.profile, answers: { showNameOnRecord: true } };
    const tracker = await running();
    await tracker.tell(...takesCourse(true, { trainee: { ...registered, profile } }));
    const [record] = await items(tracker);
    const jwt = await jwtOf(tracker, String(record?.['id']));
    expect(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()).toContain('"identityHash":"Maria"');
    expect((await pageOf(tracker, String(record?.['id']))).html).toContain('<dd><bdi>Maria</bdi></dd>');
  });

  it('are withdrawn by an operator for good, on record with who and why, and are signed no more', async () => {
    const tracker = await running();
    const id = await passed(tracker);
    const withdraw = (reason: string) => tracker.ask(`/v1/records/${id}/withdraw`, { body: { reason } });
    const withdrawn = {
      status: 200,
      body: { status: 'withdrawn', withdrawn: { by: 'spec', reason: 'copied' } },
    };
    expect(await withdraw('copied')).toMatchObject(withdrawn);
    expect(await withdraw('another')).toMatchObject(withdrawn);
    expect(await tracker.ask(`/records/${id}.jwt`)).toMatchObject({
      status: 410,
      body: { type: addressOf('withdrawn') },
    });
    const { body } = await tracker.ask(`/records/${id}/status`);
    expect(body).toMatchObject({ revokedCredentials: [{ id: `${issuerUrl}/records/${id}`, revoked: true }] });
    expect(JSON.stringify(body)).not.toContain('copied');
    await tracker.tell(...takesCourse(true, { from: 4 }));
    expect(await items(tracker)).toMatchObject([{ id, status: 'withdrawn' }]);
  });

  it('are taken back by a new registration, and stand again once the course is passed again', async () => {
    const tracker = await running();
    const id = await passed(tracker);
    await tracker.tell(batchOf(4, [event('TraineeRegistered')]));
    expect(await items(tracker)).toMatchObject([
      { id, status: 'withdrawn', takenBackAt: expect.any(String) },
    ]);
    await tracker.tell(...takesCourse(true, { from: 5 }));
    expect(await items(tracker)).toMatchObject([
      { id, status: 'valid', passedAt: '2026-03-07T10:00:00.000Z' },
    ]);
  });

  const pageOf = async ({ url }: Tracker, id: string) => {
    const response = await fetch(`${url}/records/${id}`);
    return { html: await response.text(), headers: response.headers };
  };

  it('are shown on a page of no script, with initials, and with what people wrote as they wrote it', async () => {
    const tracker = await running();
    const { html, headers } = await pageOf(tracker, await passed(tracker));
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^ ']+'; base-uri/,
    );
    for (const said of [
      '✓ Valid',
      '<h1>Clean hands</h1>',
      'Acme &lt;Training&gt;',
      '<html lang="en" dir="ltr">',
      '<dd><bdi>M.</bdi></dd>',
      'March 3, 2026',
    ])
      expect(html).toContain(said);
    expect(html).not.toMatch(/Maria|2025550143|<script|style=/);
  });

  it('are shown and signed in the language of the run, under the title of the course in it', async () => {
    const tracker = await running();
    await tracker.tell(...takesCourse(true, { language: 'es' }));
    const [record] = await items(tracker);
    expect(record).toMatchObject({ title: 'Manos limpias', language: 'es' });
    const { html } = await pageOf(tracker, String(record?.['id']));
    expect(html).toContain('<html lang="es" dir="ltr">');
    expect(html).toContain('<h1>Manos limpias</h1>');
    expect(decodeJwt(await jwtOf(tracker, String(record?.['id'])))).toMatchObject({
      name: 'Manos limpias',
      credentialSubject: { achievement: { inLanguage: 'es', name: 'Manos limpias' } },
    });
  });

  it('show on their page that they were withdrawn, and nothing of whom', async () => {
    const tracker = await running();
    const id = await passed(tracker);
    await tracker.ask(`/v1/records/${id}/withdraw`, { body: { reason: 'copied' } });
    const { html } = await pageOf(tracker, id);
    expect(html).toContain('✕ Withdrawn');
    expect(html).not.toMatch(/✓ Valid|<bdi>M\.|copied|\.jwt/);
  });

  it('are limited in how often anybody may ask for them, before anything is looked up', async () => {
    const { url, ask } = await running();
    /* All at once: one after the other a slow machine would be let in for ever. */
    const asked = Array.from({ length: 400 }, () => fetch(`${url}/records/q83vEjRWeJq83vEjRWeJqg.jwt`));
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([404, 429]));
    expect(await ask('/v1/records')).toMatchObject({ status: 200 });
  });

  it('are not switched on by half: the service does not start', () =>
    expect(running({ RECORDS_URL: undefined })).rejects.toThrow('go together: set all or none'));

  it('are not there while they are not switched on, which names the settings', async () => {
    const { ask } = await running({
      RECORDS_KEY: undefined,
      RECORDS_ISSUER_NAME: undefined,
      RECORDS_URL: undefined,
    });
    const id = 'q83vEjRWeJq83vEjRWeJqg';
    for (const path of ['/v1/records', `/v1/records/${id}`, `/records/${id}.jwt`, '/.well-known/jwks.json'])
      expect(await ask(path)).toMatchObject({
        status: 404,
        body: {
          type: addressOf('switched-off'),
          detail: expect.stringContaining('RECORDS_KEY, RECORDS_ISSUER_NAME'),
        },
      });
  });
});
