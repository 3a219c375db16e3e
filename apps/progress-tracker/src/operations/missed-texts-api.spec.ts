import { phoneSchema, traineeSchema, type SmsLogRecord } from '@stopcovid/contracts';
import { logRecord } from '../messages/messages.testkit';
import { batchOf, event, maria, registered } from '../tracker.testkit';
import { runningTracker } from './operations.testkit';

const out = phoneSchema.parse('+12025550181');
const failed = (id: string, minute: number, code: string, fields: object = {}): SmsLogRecord =>
  logRecord(
    'SmsSent',
    { messageId: id, error: { code, message: 'no' }, body: id, phone: maria, ...fields },
    minute,
  );

describe('texts that did not go out', () => {
  let tracker: Awaited<ReturnType<typeof runningTracker>>;

  beforeEach(async () => {
    tracker = await runningTracker();
    await tracker.tell(
      batchOf(1, [event('MenuRequested')]),
      batchOf(1, [event('MenuRequested')], {
        phone: out,
        trainee: traineeSchema.parse({ ...registered, optedOut: true }),
      }),
    );
    await tracker.openAllDay('acme');
    const log = [
      failed('stale', 1, 'STALE'),
      failed('undecided', 2, 'UNDECIDED'),
      logRecord('SmsSent', { messageId: 'lost', sid: 'SM9', body: 'lost', phone: maria }, 3),
      logRecord(
        'SmsStatusChanged',
        { sid: 'SM9', status: 'undelivered', errorCode: '30003', phone: maria },
        4,
      ),
      failed('out', 5, 'STALE', { phone: out }),
      logRecord('SmsSent', { messageId: 'fine', sid: 'SM10', phone: maria }, 6),
    ];
    await tracker.tellOfTexts(...log);
  }, 15_000);
  afterEach(() => tracker.close());

  const list = async (query = '') => {
    const { body } = await tracker.ask(`/v1/missed-texts${query}`);
    return {
      ids: (body['items'] as { id: string }[]).map(({ id }) => id),
      next: body['nextCursor'] as string | undefined,
    };
  };
  const post = (path: string) => tracker.ask(`/v1/missed-texts/${path}`, { method: 'POST', body: {} });

  it('are listed, newest first, whoever refused them', async () =>
    expect((await list()).ids).toEqual(['out', 'lost', 'undecided', 'stale']));

  it('are listed in pages, none twice and none left out', async () => {
    const seen: string[] = [];
    let cursor: string | undefined = '';
    while (cursor !== undefined) {
      const page = await list(`?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.ids);
      cursor = page.next;
    }
    expect(seen).toEqual(['out', 'lost', 'undecided', 'stale']);
  });

  it.each([
    ['?code=STALE', ['out', 'stale']],
    ['?code=30003', ['lost']],
    [`?phone=${encodeURIComponent(out)}`, ['out']],
  ])('are found by %s', async (query, ids) => expect((await list(query)).ids).toEqual(ids));

  it('are sent again once, with the same words, and leave the list', async () => {
    const first = await post('undecided/resend');
    expect(first).toMatchObject({ status: 202, body: { type: 'SendMessage', state: 'accepted' } });
    expect((await post('undecided/resend')).body).toEqual(first.body);
    const ids = new Set(tracker.commands().map(({ commandId }) => commandId));
    expect(ids).toEqual(new Set([first.body['commandId']]));
    expect(tracker.commands()[0]).toMatchObject({ phone: maria, text: 'undecided' });
    expect((await list()).ids).not.toContain('undecided');
    expect((await tracker.ask('/v1/missed-texts/undecided')).body).toMatchObject({
      ruling: { how: 'sentAgain', by: 'spec', commandId: first.body['commandId'] },
    });
    expect((await post('undecided/give-up')).status).toBe(409);
  });

  it('are never sent again to who opted out', async () => {
    await expect(post('out/resend')).resolves.toMatchObject({
      status: 409,
      body: { obstacles: [{ code: 'optedOut' }] },
    });
    expect(tracker.commands()).toEqual([]);
  });

  it('are given up on record, and shown when asked for', async () => {
    await expect(post('stale/give-up')).resolves.toMatchObject({
      status: 200,
      body: { how: 'givenUp', by: 'spec' },
    });
    expect((await list()).ids).not.toContain('stale');
    expect((await list('?ruled=true')).ids).toContain('stale');
  });

  it.each([['fine'], ['nothing']])('%s is none of them', async (id) => {
    expect((await tracker.ask(`/v1/missed-texts/${id}`)).status).toBe(404);
    expect((await post(`${id}/resend`)).status).toBe(404);
    expect((await post(`${id}/give-up`)).status).toBe(404);
  });
});
