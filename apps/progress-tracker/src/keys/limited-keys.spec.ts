import { runningTracker } from '../operations/operations.testkit';
import { batchOf, maria, registered, started } from '../tracker.testkit';

const phone = encodeURIComponent(maria);
const update = `/v1/trainees/${phone}/actions/update`;
const ofAcme = batchOf(1, [started('one')], { trainee: registered });
const ofOther = batchOf(2, [started('two')], {
  trainee: { ...registered, account: { employerId: 'other' } },
});

describe('a key that is limited to acme', () => {
  let tracker: Awaited<ReturnType<typeof runningTracker>>;
  let key: string;
  beforeEach(async () => {
    tracker = await runningTracker();
    const body = { name: 'acme-desk', role: 'admin', employers: ['acme'] };
    key = String((await tracker.ask('/v1/keys', { body })).body['key']);
    await tracker.tell(ofAcme);
  });
  afterEach(() => tracker.close());

  const ask = async (path: string, body?: unknown, headers: object = {}) => {
    const response = await fetch(`${tracker.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  };

  it.each([
    ['another employer', 'other'],
    ['nobody', null],
  ])('hands no trainee over to %s', async (_whom, employerId) => {
    const answer = await ask(update, { account: { employerId } });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('account.employerId: must be one of acme');
    expect(tracker.commands()).toEqual([]);
  });

  it('acts no more on a trainee who went to another employer, and hears by repeating itself what it heard', async () => {
    const again = { 'idempotency-key': 'once' };
    const body = { profile: { name: 'Mary' } };
    const first = await ask(update, body, again);
    expect(first.status).toBe(202);
    await tracker.tell(ofOther);
    expect(await ask(update, body, again)).toEqual(first);
    expect((await ask(update, body)).status).toBe(404);
    expect(tracker.commands()).toHaveLength(1);
  });

  it('sees no more of a trainee who went to another employer, but what their runs at acme came to', async () => {
    const completed = async () => {
      const { text } = await ask('/v1/stats/completion?by=drill');
      return text;
    };
    const before = await completed();
    await tracker.tell(ofOther);
    expect((await ask(`/v1/trainees/${phone}`)).status).toBe(404);
    expect((await ask('/v1/trainees')).text).not.toContain(maria);
    const after = await completed();
    expect(before).toContain('"one"');
    expect(after).toContain('"one"');
    expect(after).not.toContain('"two"');
  });

  it('shows of a trainee who came from another employer the runs at acme alone', async () => {
    await tracker.tell(ofOther, batchOf(3, [started('three')], { trainee: registered }));
    const { text } = await ask(`/v1/trainees/${phone}`);
    const { runs } = JSON.parse(text) as { runs: readonly { drill: string }[] };
    expect(runs.map(({ drill }) => drill)).toEqual(['three', 'one']);
  });

  it('gives no keys, whatever its role', async () =>
    expect((await ask('/v1/keys', { name: 'more', role: 'admin' })).status).toBe(403));
});
