import { phoneSchema } from '@stopcovid/contracts';
import { logRecord } from '../messages/messages.testkit';
import { runningTracker } from '../operations/operations.testkit';
import { batchOf, completed, event, registered, started } from '../tracker.testkit';

const atBar = {
  phone: phoneSchema.parse('+12025550171'),
  trainee: { ...registered, account: { employerId: 'acme', unitId: 'bar' } },
};
const acme = { employerId: 'acme', unitId: 'bar', language: 'en', drill: 'one', encoding: 'GSM-7' };
const log = [
  logRecord('SmsSent', { messageId: 'a', sid: 'SMa', ...acme, kind: 'started', segments: 3 }),
  logRecord('SmsSent', { messageId: 'b', sid: 'SMb', ...acme, kind: 'reply', segments: 1 }),
  logRecord('SmsSent', { messageId: 'c', sid: 'SMc', employerId: 'other', channel: 'whatsapp' }),
  logRecord('SmsReceived', { sid: 'SMd', segments: 1 }),
  logRecord('SmsReceived', { sid: 'SMe', segments: 2 }),
  logRecord(
    'SmsStatusChanged',
    { sid: 'SMa', status: 'delivered', price: { millionths: 23_700, currency: 'USD' } },
    9,
  ),
  logRecord(
    'SmsStatusChanged',
    { sid: 'SMe', status: 'received', price: { millionths: 15_000, currency: 'USD' } },
    9,
  ),
  logRecord(
    'SmsStatusChanged',
    { sid: 'SMc', status: 'read', price: { millionths: 60_000, currency: 'EUR' } },
    9,
  ),
];
/* What was decided of the one text that came in; the other came to no decision. */
const answering = { commandId: 'SMe', commandType: 'ReceiveSms' };

const running = async (settings: object) => {
  const tracker = await runningTracker({ settings });
  await tracker.tellOfTexts(...log);
  await tracker.tell(
    batchOf(1, [started('one')], { ...atBar, commandType: 'StartDrill' }),
    batchOf(2, [event('PromptCompleted'), completed('one')], { ...atBar, ...answering }),
  );
  return tracker;
};

describe('GET /v1/stats/cost', () => {
  let tracker: Awaited<ReturnType<typeof running>>;
  beforeAll(async () => {
    tracker = await running({ SMS_SEGMENT_PRICE: 0.01 });
  }, 15_000);
  afterAll(() => tracker.close());

  const ask = (query: string) => tracker.ask(`/v1/stats/cost${query}`);

  it('tells texts, segments, cost and what a completed drill cost, and how it counts', async () =>
    expect((await ask('?by=unit,drill')).body).toMatchObject({
      asOf: expect.stringMatching(/^\d{4}-/),
      days: expect.stringContaining('UTC'),
      attribution: expect.stringContaining('of its trainee once it was decided on'),
      segmentPrice: 0.01,
      lines: [
        {
          group: { employerId: 'acme', unitId: 'bar', drill: 'one' },
          ...{ messages: 2, segments: 4, unmeasured: 0, cost: 0.04, completed: 1, perCompleted: 0.04 },
        },
        {
          group: { employerId: 'acme', unitId: 'bar', drill: null },
          ...{ messages: 1, segments: 2, unmeasured: 0, cost: 0.02, completed: 0, perCompleted: null },
        },
        {
          group: { employerId: 'other', unitId: null, drill: null },
          ...{ messages: 1, segments: 0, unmeasured: 1, cost: 0, completed: 0, perCompleted: null },
        },
        { group: { employerId: null }, messages: 1, segments: 1, cost: 0.01 },
      ],
      total: { messages: 5, segments: 7, unmeasured: 1, cost: 0.07, completed: 1, perCompleted: 0.07 },
    }));

  it.each([
    ['by=direction', [{ direction: 'inbound' }, { direction: 'outbound' }], null],
    ['by=kind&employerId=acme', [{ kind: 'reply' }, { kind: 'started' }, { kind: null }], null],
    ['by=direction,employer&employerId=acme', [{ direction: 'inbound' }, { direction: 'outbound' }], null],
    ['by=channel,week&direction=outbound', [{ channel: 'sms' }, { channel: 'whatsapp' }], null],
    ['by=month&drill=one', [{ month: '2026-03' }], 1],
    ['by=day&from=2026-03-02', [], undefined],
    ['by=day&until=2026-03-02&kind=started', [{ day: '2026-03-01' }], null],
  ])('groups and filters, and tells completed drills where runs know it: %s', async (query, groups, done) => {
    const { body } = await ask(`?${query}`);
    const lines = body['lines'] as { group: object; completed: number | null }[];
    expect(lines).toMatchObject(groups.map((group) => ({ group })));
    expect(lines[0]?.completed).toBe(done);
  });

  it('tells no cost of a completed drill of which the log has no text', async () =>
    expect((await ask('?unitId=bar&until=2026-03-02&from=2026-03-01&drill=two')).body).toMatchObject({
      total: { messages: 0, cost: 0, completed: 0, perCompleted: null },
    }));

  it('tells what the carrier billed beside what is reckoned, by currency', async () => {
    const { body } = await ask('?by=employer');
    expect(body).toMatchObject({
      lines: [
        {
          group: { employerId: 'acme' },
          cost: 0.06,
          billed: [{ currency: 'USD', amount: 0.0387, messages: 2 }],
        },
        { group: { employerId: 'other' }, billed: [{ currency: 'EUR', amount: 0.06, messages: 1 }] },
        { group: { employerId: null }, billed: [] },
      ],
      total: {
        billed: [
          { currency: 'EUR', amount: 0.06, messages: 1 },
          { currency: 'USD', amount: 0.0387, messages: 2 },
        ],
      },
    });
    const [, ...all] = await tracker.lines('/v1/stats/cost?format=csv');
    expect(all[0]).toMatch(/^5,7,1,0.07,,EUR USD,3,/);
  });

  it('is a file of the same', async () => {
    const [head, ...rows] = await tracker.lines('/v1/stats/cost?by=unit&format=csv');
    expect(head).toBe(
      'employerId,unitId,messages,segments,unmeasured,cost,billed,billedCurrency,billedMessages,completed,perCompleted,asOf',
    );
    expect(rows[0]).toMatch(/^acme,bar,3,6,0,0.06,0.0387,USD,2,1,0.06,/);
    expect(rows).toHaveLength(3);
  });

  it('tells a key of one employer of its own texts alone, those that came in among them', async () => {
    const made = await tracker.ask('/v1/keys', { body: { name: 'x', role: 'analyst', employers: ['acme'] } });
    const response = await fetch(`${tracker.url}/v1/stats/cost?by=employer`, {
      headers: { authorization: `Bearer ${String(made.body['key'])}` },
    });
    const body = (await response.json()) as { lines: { group: object }[]; total: object };
    expect(body.lines.map(({ group }) => group)).toEqual([{ employerId: 'acme' }]);
    expect(body.total).toMatchObject({ messages: 3, segments: 6 });
  });

  it.each([
    ['by=label', 'by takes employer, unit, drill'],
    ['by=day,day', 'by names each grouping once'],
    ['from=2026-03-02&until=2026-03-02', 'from must be before until'],
    ['direction=up', 'direction must be inbound or outbound'],
    ['channel=fax', 'channel must be sms or whatsapp'],
    ['employerId[$gt]=', 'property employerId[$gt] should not exist'],
  ])('refuses %s, saying why', async (query, why) => {
    const { status, body } = await ask(`?${query}`);
    expect([status, String(body['detail'])]).toEqual([400, expect.stringContaining(why)]);
  });
});

it('texts have no cost without a price, and the answer says why', async () => {
  const tracker = await running({});
  try {
    expect((await tracker.ask('/v1/stats/cost')).body).toMatchObject({
      segmentPrice: null,
      unpriced: expect.stringContaining('SMS_SEGMENT_PRICE'),
      total: { segments: 7, cost: null, completed: 1, perCompleted: null },
    });
  } finally {
    await tracker.close();
  }
});
