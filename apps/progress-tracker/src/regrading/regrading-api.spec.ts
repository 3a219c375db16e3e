import { decodeCommand, phoneSchema, topics, type Command } from '@stopcovid/contracts';
import { runningTracker } from '../operations/operations.testkit';
import { batchOf, event, registered } from '../tracker.testkit';

const numbered = (number: number) => phoneSchema.parse(`+1202555${1_000 + number}`);
const at = (employerId: string) => ({ ...registered, account: { ...registered.account, employerId } });

describe('regrading', () => {
  let tracker: Awaited<ReturnType<typeof runningTracker>>;
  beforeEach(async () => {
    tracker = await runningTracker();
    await tracker.tell(
      ...[0, 1, 2, 3].flatMap((number) => {
        const who = { phone: numbered(number), trainee: at(number < 2 ? 'acme' : 'other') };
        const run = { runId: `run-${number}` };
        return [
          batchOf(1, [event('DrillStarted', run)], who),
          batchOf(2, [event('PromptFailed', { ...run, response: 'Twenty sec.' })], who),
        ];
      }),
    );
  });
  afterEach(() => tracker.close());

  const list = async (query = '?drill=one') =>
    (await tracker.ask(`/v1/regrading${query}`)).body['items'] as readonly { id: string }[];
  const idOfOne = async (): Promise<string> => (await list())[0]?.id ?? '';
  const rule = (id: string, body: object, asks: object = {}) =>
    tracker.ask(`/v1/regrading/${encodeURIComponent(id)}/rule`, { body, ...asks });
  /** Those of all rulings, each by the phones and then by the rulings. */
  const commands = (): readonly Command<'RegradeReply'>[] =>
    tracker.log
      .records(topics.dialogCommands)
      .flatMap(({ value }) => {
        const command = decodeCommand(value ?? '');
        return command.ok && command.value.type === 'RegradeReply' ? [command.value] : [];
      })
      .sort((one, other) => one.ruling.number - other.ruling.number || (one.phone < other.phone ? -1 : 1));
  /** What the engine makes of the commands of a ruling: each phone's next batch. */
  const decide = (number: number): Promise<void> =>
    tracker.tell(
      ...commands()
        .filter(({ ruling }) => ruling.number === number)
        .map(({ phone, commandId: _id, schemaVersion: _version, at: _at, ...ruled }) =>
          batchOf(
            2 + number,
            [event('ReplyRegraded', { delivery: undefined, ...ruled, type: 'ReplyRegraded' })],
            {
              phone,
              trainee: at(phone <= numbered(1) ? 'acme' : 'other'),
            },
          ),
        ),
    );
  const score = async () => {
    const { body } = await tracker.ask('/v1/stats/items?drill=one');
    const [{ questions }] = body['revisions'] as [{ questions: readonly { prompt: string }[] }];
    return questions.find(({ prompt }) => prompt === 'first');
  };

  it('lists what many answered alike, until a person has ruled on it, and tells of nobody', async () => {
    const items = await list('?drill=one');
    expect(items).toMatchObject([{ text: 'twenty sec', trainees: 4, open: 4, judged: { wrong: 4 } }]);
    expect(JSON.stringify(items)).not.toMatch(/202555/);
    expect(await list('?drill=one&employerId=acme')).toMatchObject([{ trainees: 2 }]);

    const id = await idOfOne();
    const answer = await rule(id, { verdict: 'right', reason: 'it is short for it' });
    expect(answer).toMatchObject({ status: 202, body: { verdict: 'right', by: 'spec', regraded: 4 } });
    await decide(1);
    expect(await list()).toEqual([]);
    expect(await list('?drill=one&ruled=true')).toMatchObject([
      { id, ruled: { right: 4 }, ruling: { verdict: 'right', reason: 'it is short for it' } },
    ]);
  });

  it('gives a command for each reply, and figures count what it says until it is taken back', async () => {
    const id = await idOfOne();
    await rule(id, { verdict: 'right' });
    expect(commands()[0]).toMatchObject({
      ...{ runId: 'run-0', drill: 'one', prompt: 'first', reply: 1, attempt: 1 },
      ...{ response: 'Twenty sec.', was: 'wrong', now: 'right', ruling: { group: id, number: 1 } },
    });
    await decide(1);
    expect(await score()).toMatchObject({ rightInTheEnd: { count: 4, of: 4 } });

    expect(await rule(id, { verdict: 'asJudged' })).toMatchObject({ body: { regraded: 4 } });
    expect(commands()[4]).toMatchObject({ was: 'right', now: 'wrong', withdrawn: true });
    await decide(2);
    expect(await score()).toMatchObject({ rightInTheEnd: { count: 0, of: 4 } });
    expect(await list()).toMatchObject([{ open: 4, ruling: { verdict: 'asJudged' } }]);
    expect(await rule(id, { verdict: 'asJudged' })).toMatchObject({ body: { regraded: 0 } });
  });

  it('gives no more commands to who asks again with the same key, and none to other words', async () => {
    const id = await idOfOne();
    const first = await rule(id, { verdict: 'right' }, { key: 'once' });
    expect(await rule(id, { verdict: 'right' }, { key: 'once' })).toEqual(first);
    const ids = commands().map(({ commandId }) => commandId);
    expect([ids.length, new Set(ids).size]).toEqual([4, 4]);
    expect(await rule(id, { verdict: 'wrong' }, { key: 'once' })).toMatchObject({ status: 422 });
    expect(commands()).toHaveLength(4);
  });

  it('by somebody who is limited to an employer is on replies of that one alone', async () => {
    const body = { name: 'acme-operator', role: 'operator', employers: ['acme'] };
    const { body: added } = await tracker.ask('/v1/keys', { body });
    const id = await idOfOne();
    const answer = await fetch(`${tracker.url}/v1/regrading/${encodeURIComponent(id)}/rule`, {
      method: 'POST',
      headers: { authorization: `Bearer ${String(added['key'])}`, 'content-type': 'application/json' },
      body: JSON.stringify({ verdict: 'right' }),
    });
    expect(await answer.json()).toMatchObject({ regraded: 2 });
    expect(commands().map(({ phone }) => phone)).toEqual([numbered(0), numbered(1)]);
    await decide(1);
    expect(await list()).toMatchObject([{ open: 2, ruled: { right: 2 } }]);
    expect(await rule(id, { verdict: 'wrong' })).toMatchObject({ body: { regraded: 4 } });
  });

  it('lists nothing of all drills over more than a month, and names the drill', async () =>
    expect(await tracker.ask('/v1/regrading?from=2026-03-01&until=2026-04-02')).toMatchObject({
      status: 400,
      body: { errors: [{ parameter: 'drill', detail: expect.stringContaining('31 days') }] },
    }));

  it.each([
    ['?from=2026-03-01&until=2026-04-01', { from: '2026-03-01', until: '2026-04-01' }],
    ['?from=2026-03-01', { from: '2026-03-01', until: '2026-04-01' }],
    ['?until=2026-03-20', { from: '2026-02-17', until: '2026-03-20' }],
  ])('lists a month of all drills, and says which: %s', async (query, days) => {
    const { body } = await tracker.ask(`/v1/regrading${query}`);
    expect(body).toMatchObject({ ...days, items: [{ trainees: 4 }] });
  });

  it('lists the last month where nothing is said, to the day that is the latest anywhere', async () => {
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const { body } = await tracker.ask('/v1/regrading');
    expect(body).toMatchObject({ items: [], from: day(-29), until: day(2) });
    expect((await tracker.ask('/v1/regrading?drill=one')).body).not.toHaveProperty('from');
  });

  it('narrows to a question, and to what was taken for an option or for none', async () => {
    expect(await list('?drill=one&prompt=first&picked=false')).toHaveLength(1);
    expect(await list('?drill=one&prompt=second')).toEqual([]);
    expect(await list('?drill=one&picked=true')).toEqual([]);
  });

  it('tells of one group in all runs of its drill, as many as a ruling is on, and how far that is', async () => {
    const id = await idOfOne();
    const one = async () => await tracker.ask(`/v1/regrading/${encodeURIComponent(id)}`);
    expect(await one()).toMatchObject({ status: 200, body: { id, runs: 4, open: 4, tellsTrainees: false } });
    await rule(id, { verdict: 'wrong' });
    await decide(1);
    expect(await one()).toMatchObject({ body: { open: 0, ruled: { wrong: 4 }, ruling: { by: 'spec' } } });
    expect(await tracker.ask('/v1/regrading/one:first:0123456789abcdef01234567')).toMatchObject({
      status: 404,
    });
  });

  it('says whether a key may rule', async () => {
    const given = await tracker.ask('/v1/keys', { body: { name: 'looker', role: 'analyst' } });
    const headers = { authorization: `Bearer ${String(given.body['key'])}` };
    const answer = await fetch(`${tracker.url}/v1/regrading?drill=one`, { headers });
    expect(await answer.json()).toMatchObject({ mayRule: false });
    expect((await tracker.ask('/v1/regrading?drill=one')).body).toMatchObject({ mayRule: true });
  });

  it('of what is not there, or is no ruling, is refused', async () => {
    const nobodys = 'one:first:0123456789abcdef01234567';
    expect(await rule(nobodys, { verdict: 'right' })).toMatchObject({ status: 404 });
    expect(await rule('nobody', { verdict: 'right' })).toMatchObject({
      status: 400,
      body: { errors: [{ parameter: 'groupId' }] },
    });
    for (const body of [{ verdict: 'perhaps' }, {}, { verdict: 'right', reason: '' }])
      expect(await rule(await idOfOne(), body)).toMatchObject({ status: 400 });
    expect(commands()).toEqual([]);
  });
});
