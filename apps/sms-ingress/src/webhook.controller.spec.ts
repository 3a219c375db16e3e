import { topics } from '@stopcovid/contracts';
import type { RunningApp } from '@stopcovid/runtime';
import fc from 'fast-check';
import {
  decoded,
  inbound,
  nextToken,
  post,
  recordingPublisher,
  signed,
  startIngress,
  statusOf,
  type Call,
} from './ingress.testkit';

const kafka = recordingPublisher();
let running: RunningApp;
const send = (call: Call) => post(running.url, call);

beforeAll(async () => {
  running = await startIngress(kafka.publisher, { PRODUCE_TIMEOUT_MS: 50 });
});
afterAll(() => running.close());
beforeEach(() => {
  kafka.records.length = 0;
  kafka.state.mode = 'work';
});

describe('a signed text', () => {
  it('becomes a command and a log record under its sid, and is answered with empty TwiML', async () => {
    const answer = await send(signed(inbound()));
    expect(answer).toMatchObject({ status: 200, type: 'text/xml; charset=utf-8' });
    expect(answer.body).toContain('<Response/>');
    const common = { phone: '+12025550143', at: '2026-03-01T12:00:00.000Z', to: '+12025550100' };
    expect(decoded(kafka.records).sort((a, b) => a.topic.localeCompare(b.topic))).toEqual([
      {
        topic: topics.dialogCommands,
        key: '+12025550143',
        value: {
          type: 'ReceiveSms',
          schemaVersion: 1,
          commandId: 'SM00000000000000000000000000000001',
          text: 'drill',
          ...common,
        },
      },
      {
        topic: topics.smsLog,
        key: '+12025550143',
        value: {
          type: 'SmsReceived',
          schemaVersion: 1,
          sid: 'SM00000000000000000000000000000001',
          body: 'drill',
          mediaUrls: [],
          ...common,
        },
      },
    ]);
  });

  it.each(['/webhooks/twilio', '/webhooks/twilio?x=1&y=%27', '/webhooks/twilio/messages'])(
    'is taken at %s',
    async (path) => {
      expect((await send(signed(inbound(), { path }))).status).toBe(200);
    },
  );

  it('is taken behind a proxy that takes a path prefix away, where the prefix is in PUBLIC_URL', async () => {
    const base = 'https://example.org/sms';
    const proxied = await startIngress(kafka.publisher, { PUBLIC_URL: new URL(`${base}/`) });
    const path = '/webhooks/twilio/status?id=x';
    const answers = await Promise.all(
      [base, 'https://example.org'].map((signedFor) =>
        post(proxied.url, signed(statusOf('delivered'), { path, base: signedFor })),
      ),
    );
    await proxied.close();
    expect(answers.map(({ status }) => status)).toEqual([200, 403]);
  });

  it('may be signed by the token that comes next', async () => {
    expect((await send(signed(inbound(), { key: nextToken }))).status).toBe(200);
  });

  it.each([
    ['spaces and line breaks', '  20 \n'],
    ['right-to-left', 'مرحبا، אני כאן'],
    ['NUL and control characters', 'a\u0000b\u0007\u001b[31m'],
    ['1,600 emoji', '🎉'.repeat(1_600)],
    ['Khmer with its marks', 'កម្ពុជា'],
    ['decomposed accents', 'Espan\u0303ol'],
    ['markup and formulas', '<b>=HYPERLINK("x")</b>&amp;+%2B'],
    ['nothing', ''],
  ])('of %s is kept as typed', async (_what, text) => {
    expect((await send(signed(inbound({ Body: text })))).status).toBe(200);
    expect(decoded(kafka.records).map(({ value }) => ('text' in value ? value.text : undefined))).toContain(
      text,
    );
  });

  it('of broken surrogates, which no UTF-8 holds, is taken with replacement characters', async () => {
    const body = new URLSearchParams(inbound()).toString().replace('Body=drill', 'Body=hi+%ED%A0%BD');
    const call = signed(inbound({ Body: 'hi \ufffd\ufffd\ufffd' }));
    expect((await send({ ...call, body })).status).toBe(200);
  });

  it('keeps the links to its media and counts them', async () => {
    const media = { NumMedia: '2', MediaUrl0: 'https://m.example/0', MediaUrl1: 'https://m.example/1' };
    await send(signed(inbound({ ...media, Body: '' })));
    expect(decoded(kafka.records).map(({ value }) => value)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'ReceiveSms', media: 2 }),
        expect.objectContaining({ mediaUrls: ['https://m.example/0', 'https://m.example/1'] }),
      ]),
    );
  });

  it.each([
    ['Mexican', 'without the extra 1', '+5215512345678', '+525512345678'],
    ['Brazilian', 'with the ninth digit', '+551187654321', '+5511987654321'],
  ])(
    'from an old %s WhatsApp account belongs to the number %s, and tells where to answer',
    async (...row) => {
      const [, , address, phone] = row;
      await send(signed(inbound({ From: `whatsapp:${address}` })));
      expect(kafka.records.map(({ key }) => key)).toEqual([phone, phone]);
      expect(decoded(kafka.records).map(({ value }) => value)).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ type: 'ReceiveSms', channel: 'whatsapp', address }),
          expect.objectContaining({ type: 'SmsReceived', channel: 'whatsapp' }),
        ]),
      );
    },
  );

  it('tells what the carrier took it for, and how many segments it had', async () => {
    await send(signed(inbound({ Body: 'BASTA', OptOutType: 'STOP', NumSegments: '2' })));
    expect(decoded(kafka.records).map(({ value }) => value)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'ReceiveSms', optOutType: 'STOP' }),
        expect.objectContaining({ type: 'SmsReceived', segments: 2 }),
      ]),
    );
  });

  it('is taken whatever the carrier may take it for some day', async () => {
    expect((await send(signed(inbound({ OptOutType: 'PAUSE', NumSegments: 'many' })))).status).toBe(200);
    expect(decoded(kafka.records).some(({ value }) => 'optOutType' in value)).toBe(false);
  });

  it.each([
    ['a sid that is none', { MessageSid: 'SM/../1' }],
    ['too long a text', { Body: 'x'.repeat(6_401) }],
    ['a media count that is none', { NumMedia: '-1' }],
  ])('with %s is refused with a reason', async (_what, changes) => {
    const answer = await send(signed(inbound(changes)));
    expect(answer.status).toBe(400);
    expect(kafka.records).toEqual([]);
  });
});

describe('a signed text whose sender cannot be a trainee', () => {
  it.each([
    ['a short code', '68849', 'From: a short code cannot be a trainee'],
    ['a name', 'SUPPORT', 'From: a name instead of a phone number'],
    ['another channel', 'messenger:1234567', 'From: a channel other than SMS and WhatsApp'],
  ])('is answered, so that nobody sends it again, and counted: %s', async (_what, from, reason) => {
    const answer = await send(signed(inbound({ From: from })));
    expect([answer.status, answer.body]).toEqual([200, expect.stringContaining('<Response/>')]);
    expect(kafka.records).toEqual([]);
    const metrics = await (await fetch(`${running.url}/metrics`)).text();
    expect(metrics).toMatch(`sms_ingress_ignored_total{reason="${reason}"`);
  });
});

describe('a signed message without a text', () => {
  it('such as a place on a map is one that we cannot read, as a picture is', async () => {
    const place = { Body: '', NumMedia: '0', Latitude: '19.43', Longitude: '-99.13' };
    await send(signed(inbound({ ...place, From: 'whatsapp:+12025550143' })));
    const [command] = decoded(kafka.records).filter(({ topic }) => topic === topics.dialogCommands);
    expect(command?.value).toMatchObject({ type: 'ReceiveSms', text: '', media: 1 });
  });

  it('with attachments counts those', async () => {
    await send(signed(inbound({ Body: ' ', NumMedia: '3' })));
    expect(decoded(kafka.records).some(({ value }) => 'media' in value && value.media === 3)).toBe(true);
  });
});

describe('a signed status', () => {
  it.each(['/webhooks/twilio?id=0a1b2c', '/webhooks/twilio/status?id=0a1b2c'])(
    'at %s is logged with our id',
    async (path) => {
      expect((await send(signed(statusOf('undelivered', { ErrorCode: '30003' }), { path }))).status).toBe(
        200,
      );
      expect(decoded(kafka.records)).toMatchObject([
        {
          topic: topics.smsLog,
          key: '+12025550143',
          value: { type: 'SmsStatusChanged', status: 'undelivered', messageId: '0a1b2c', errorCode: '30003' },
        },
      ]);
    },
  );

  it('may wait a moment for others to travel with, which a text never does', async () => {
    await send(signed(statusOf('sent')));
    await send(signed(inbound()));
    const [status, ...ofTheText] = kafka.records.map(({ mayWaitMs }) => mayWaitMs);
    expect(status).toBeGreaterThan(0);
    expect(ofTheText).toEqual([undefined, undefined]);
  });

  it('that we do not know is answered, and nothing is recorded', async () => {
    expect((await send(signed(statusOf('teleported')))).status).toBe(200);
    expect(kafka.records).toEqual([]);
  });

  it('sent to a phone on WhatsApp is keyed by the number', async () => {
    await send(signed(statusOf('read', { To: 'whatsapp:+12025550143' })));
    expect(decoded(kafka.records)).toMatchObject([{ key: '+12025550143', value: { channel: 'whatsapp' } }]);
  });

  it.each([
    ['whatsapp:+5215512345678', '+525512345678'],
    ['whatsapp:+551187654321', '+5511987654321'],
  ])('of an answer to %s is keyed by the phone whose dialog it is: %s', async (to, phone) => {
    await send(signed(statusOf('delivered', { To: to })));
    expect(decoded(kafka.records)).toMatchObject([{ key: phone, value: { phone, channel: 'whatsapp' } }]);
  });
});

describe('a webhook that is not Twilio’s', () => {
  const good = signed(inbound());
  it.each<[string, Call]>([
    ['without a signature', { body: good.body ?? '' }],
    ['with an empty signature', { ...good, signature: '' }],
    ['with a huge signature', { ...good, signature: 'x'.repeat(8_000) }],
    ['signed by another token', signed(inbound(), { key: 'stolen' })],
    ['signed for another host', signed(inbound(), { base: 'https://evil.example' })],
    [
      'signed for another path',
      { ...signed(inbound(), { path: '/webhooks/twilio/status' }), path: '/webhooks/twilio' },
    ],
    ['with another text', { ...good, body: String(good.body).replace('drill', 'stop') }],
    ['with one more parameter', { ...good, body: `${String(good.body)}&x=1` }],
    ['with another query', { ...good, path: '/webhooks/twilio?id=1' }],
  ])('%s is forbidden, and nothing is produced', async (_what, call) => {
    expect((await send(call)).status).toBe(403);
    expect(kafka.records).toEqual([]);
  });

  it('over 64 KiB is too large, however well signed', async () => {
    const answer = await send(signed(inbound({ Body: 'x'.repeat(64 * 1024) })));
    expect(answer.status).toBe(413);
    expect(kafka.records).toEqual([]);
  });

  it('of any bytes is never our failure and never produced', async () => {
    const paths = fc.constantFrom('', '/messages', '/status', '?id=%', '?%ff', '/nowhere');
    const types = fc.constantFrom(
      'application/x-www-form-urlencoded',
      'application/json',
      'text/plain',
      'x',
      'multipart/form-data',
    );
    const signatures = fc.option(
      fc.string({ unit: 'grapheme-ascii' }).map((text) => text.trim()),
      { nil: undefined },
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.webQueryParameters().map((text) => Buffer.from(text)),
    );
    const request = fc.record({ body: bytes, path: paths, type: types, signature: signatures });
    await fc.assert(
      fc.asyncProperty(request, async ({ body, path, type, signature }) => {
        const headers = signature === undefined ? {} : { signature };
        const answer = await send({
          path: `/webhooks/twilio${path}`,
          body: Buffer.from(body),
          type,
          ...headers,
        });
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
    expect(kafka.records).toEqual([]);
  });

  it('signed, with any parameters, is never our failure', async () => {
    const names = fc.constantFrom(
      'MessageSid',
      'From',
      'To',
      'Body',
      'NumMedia',
      'MessageStatus',
      '__proto__',
      'constructor',
      'MediaUrl0',
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(names, fc.string({ unit: 'binary' })), async (changes) => {
        const parameters = { ...inbound(), ...changes };
        const answer = await send(signed(parameters));
        expect([200, 400]).toContain(answer.status);
      }),
      { numRuns: 100 },
    );
  });
});

describe('while Kafka is away', () => {
  it.each(['refuse', 'hang'] as const)(
    'a text is answered 503, so that Twilio tries again (Kafka: %s)',
    async (mode) => {
      kafka.state.mode = mode;
      expect((await send(signed(inbound()))).status).toBe(503);
      expect((await send(signed(statusOf('sent')))).status).toBe(503);
    },
  );
});

it('says at start which URL to give to Twilio, and no text, number or token ever', async () => {
  const lines: string[] = [];
  const app = await startIngress(
    recordingPublisher().publisher,
    { LOG_LEVEL: 'trace' },
    { write: (line) => lines.push(line) },
  );
  await post(app.url, signed(inbound({ Body: 'my secret words' })));
  await post(app.url, signed(inbound({ From: 'SECRETNAME' })));
  await app.close();
  const log = lines.join('\n');
  expect(log).toContain('https://sms.example.org/webhooks/twilio#rc=5&rp=all');
  expect(log).not.toMatch(/secret words|2025550143|SECRETNAME|the-present-token/);
});
