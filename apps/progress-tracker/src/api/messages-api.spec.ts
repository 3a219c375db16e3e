import { topics } from '@stopcovid/contracts';
import { logRecord } from '../messages/messages.testkit';
import { runningTracker, type HttpAnswer } from '../operations/operations.testkit';
import { maria } from '../tracker.testkit';

const known = [
  logRecord('SmsReceived', { sid: 'SM-in', body: 'HYGIENE' }, 1),
  logRecord('SmsStatusChanged', { sid: 'SM-1', status: 'delivered' }, 4),
  logRecord(
    'SmsSent',
    { messageId: 'ours-1', sid: 'SM-1', body: 'Welcome', segments: 2, encoding: 'UCS-2', employerId: 'acme' },
    2,
  ),
  logRecord(
    'SmsSent',
    { phone: '+12025550180', messageId: 'ours-2', error: { code: '21610', message: 'opted out' } },
    3,
  ),
];

describe('the messages on the API', () => {
  let tracker: Awaited<ReturnType<typeof runningTracker>>;

  beforeAll(async () => {
    tracker = await runningTracker();
    await tracker.tellOfTexts(...known);
    tracker.log.append(topics.smsLog, { key: maria, value: 'no record' });
    await tracker.log.drained();
  }, 15_000);
  afterAll(() => tracker.close());

  const ask = (path: string): Promise<HttpAnswer> => tracker.ask(path);
  const idsOf = ({ body }: HttpAnswer): unknown[] => (body['items'] as { id: string }[]).map(({ id }) => id);

  it('are listed newest first, with all that is known of each', async () => {
    const { body } = await ask('/v1/messages');
    expect(body).toEqual({
      items: [
        {
          id: 'ours-2',
          messageId: 'ours-2',
          phone: '+12025550180',
          direction: 'outbound',
          channel: 'sms',
          body: 'Hello',
          mediaUrls: [],
          status: 'failed',
          statusAt: '2026-03-01T10:03:00.000Z',
          errorCode: '21610',
          at: '2026-03-01T10:03:00.000Z',
        },
        expect.objectContaining({
          id: 'ours-1',
          sid: 'SM-1',
          body: 'Welcome',
          status: 'delivered',
          statusAt: '2026-03-01T10:04:00.000Z',
          segments: 2,
          encoding: 'UCS-2',
          employerId: 'acme',
          at: '2026-03-01T10:02:00.000Z',
        }),
        expect.objectContaining({ id: 'SM-in', direction: 'inbound', body: 'HYGIENE', status: 'received' }),
      ],
    });
  });

  it('come in pages', async () => {
    const first = await ask('/v1/messages?limit=2');
    expect(idsOf(first)).toEqual(['ours-2', 'ours-1']);
    const cursor = String(first.body['nextCursor']);
    expect(cursor).not.toContain('1202');
    const second = await ask(`/v1/messages?limit=2&cursor=${cursor}`);
    expect(idsOf(second)).toEqual(['SM-in']);
    expect(second.body).not.toHaveProperty('nextCursor');
  });

  it.each([
    [`phone=${maria}`, ['ours-1', 'SM-in']],
    [`phone=${encodeURIComponent(maria)}`, ['ours-1', 'SM-in']],
    ['status=failed', ['ours-2']],
    ['direction=inbound', ['SM-in']],
    ['from=2026-03-01T10:02:00Z&to=2026-03-01T10:03:00Z', ['ours-1']],
    ['from=2026-03-01T10:02:00Z&until=2026-03-01T10:03:00Z', ['ours-1']],
    ['from=2026-03-01T05:02:00-05:00&until=2026-03-01T15:48:00%2B05:45', ['ours-1']],
    ['from=2026-03-01T15:47:00+05:45&until=2026-03-01T15:48:00+05:45', ['ours-1']],
    ['from=2026-03-02', []],
    ['until=2026-03-01', []],
    ['to=2026-03-02&direction=outbound&status=delivered', ['ours-1']],
  ])('are filtered by %s', async (query, ids) =>
    expect(idsOf(await ask(`/v1/messages?${query}`))).toEqual(ids),
  );

  it('cost segments by day, direction, encoding and employer; what was refused costs nothing', async () => {
    await expect(ask('/v1/messages/cost?from=2026-03-01&to=2026-03-31')).resolves.toEqual({
      status: 200,
      location: null,
      body: {
        from: '2026-03-01',
        until: '2026-04-01',
        to: '2026-03-31',
        items: [
          {
            day: '2026-03-01',
            direction: 'inbound',
            channel: 'sms',
            messages: 1,
            segments: 0,
            unmeasured: 1,
          },
          {
            day: '2026-03-01',
            direction: 'outbound',
            channel: 'sms',
            encoding: 'UCS-2',
            employerId: 'acme',
            messages: 1,
            segments: 2,
            unmeasured: 0,
          },
        ],
      },
    });
  });

  it('cost the same by the day that is not in it any more as by the last one', async () => {
    const [older, newer] = await Promise.all(
      ['to=2026-03-01', 'until=2026-03-02'].map((end) => ask(`/v1/messages/cost?from=2026-03-01&${end}`)),
    );
    expect(newer).toEqual(older);
    expect(newer?.body['items']).toHaveLength(2);
    const none = await ask('/v1/messages/cost?from=2026-02-01&until=2026-03-01');
    expect(none.body).toMatchObject({ to: '2026-02-28', items: [] });
  });

  it('cost what they did in the last 30 days when no day is named', async () => {
    const { body } = await ask('/v1/messages/cost?to=2026-03-01');
    expect(body).toMatchObject({ from: '2026-01-31', to: '2026-03-01' });
    expect((await ask('/v1/messages/cost')).status).toBe(200);
  });

  it.each([
    ['a number that is not E.164', '?phone=2025550143', /E\.164/],
    ['a time in words', '?from=yesterday', /from must be a time/],
    ['a day that no calendar has', '?to=2026-02-30', /to must be a time/],
    ['an end before the beginning', '?from=2026-03-02&to=2026-03-01', /from must be before to/],
    ['an end where it begins', '?from=2026-03-02&until=2026-03-02', /from must be before until/],
    ['an end by two names', '?until=2026-03-02&to=2026-03-02', /give until alone/],
    ['a time without an offset', '?from=2026-03-01T10:00:00', /with any offset/],
    ['an end of the cost by two names', '/cost?until=2026-03-02&to=2026-03-02', /give until alone/],
    ['no day at all', '/cost?from=2026-03-02&until=2026-03-02', /from must be before until/],
    ['a status that the carrier does not have', '?status=lost', /status must be one of accepted/],
    ['a direction that there is not', '?direction=up', /inbound or outbound/],
    ['a limit out of range', '?limit=501', /limit/],
    ['a cursor of somebody else', '?cursor=abcdefgh', /cursor/],
    ['a field that it does not know', '?text=hello', /text/],
    ['an operator in a filter', '?status[$ne]=read', /status/],
    ['a field given twice', '?phone=%2B12025550143&phone=%2B12025550144', /phone/],
    ['a time where a day is meant', '/cost?from=2026-03-01T00:00:00Z', /from must be a day/],
    ['days in the wrong order', '/cost?from=2026-03-02&to=2026-03-01', /from must not be after to/],
    ['more than a year', '/cost?from=2025-01-01&to=2026-03-01', /366 days/],
  ])('are refused for %s, with the reason', async (_what, query, reason) => {
    const { status, body } = await ask(`/v1/messages${query}`);
    expect(status).toBe(400);
    expect(JSON.stringify(body['errors'])).toMatch(reason);
  });

  it('are told to nobody without a key', async () => {
    for (const path of ['/v1/messages', '/v1/messages/cost'])
      expect((await fetch(`${tracker.url}${path}`)).status).toBe(401);
  });
});
