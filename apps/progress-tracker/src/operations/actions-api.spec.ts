import {
  deadLetterTopic,
  phoneSchema,
  topics,
  traineeSchema,
  type Delivery,
  type DialogCommand,
} from '@stopcovid/contracts';
import { deadLetterHeaders } from '@stopcovid/kafka';
import { batchOf, event, maria, registered, started } from '../tracker.testkit';
import { runningTracker, type Asks, type HttpAnswer } from './operations.testkit';

const idle = phoneSchema.parse('+12025550180');
const out = phoneSchema.parse('+12025550181');
const unheard = phoneSchema.parse('+12025550182');
const optedOut = traineeSchema.parse({ ...registered, optedOut: true });
const resting = phoneSchema.parse('+12025550183');
const asleep = phoneSchema.parse('+12025550184');
const onPause = traineeSchema.parse({
  ...registered,
  schedulePaused: { since: '2026-03-01T10:00:00Z', reason: 'text' },
});
const drill = '00-intake';

const deliveryOf = (command: DialogCommand | undefined): Delivery | undefined =>
  command !== undefined && 'delivery' in command ? command.delivery : undefined;

describe('what operators do on one trainee', () => {
  let tracker: Awaited<ReturnType<typeof runningTracker>>;
  let version = 1;

  beforeAll(async () => {
    tracker = await runningTracker();
    await tracker.tell(
      batchOf(1, [started('one')]),
      batchOf(1, [event('MenuRequested')], { phone: idle }),
      batchOf(1, [event('MenuRequested')], { phone: resting, trainee: onPause }),
      batchOf(1, [event('MenuRequested')], { phone: out, trainee: optedOut }),
      batchOf(1, [event('MenuRequested')], { phone: asleep }),
    );
    await tracker.openAllDay('acme');
  }, 15_000);
  afterAll(() => tracker.close());

  const act = (phone: string, action: string, asks: Asks = {}): Promise<HttpAnswer> =>
    tracker.ask(`/v1/trainees/${phone}/actions/${action}`, { body: {}, method: 'POST', ...asks });
  const sinceHere = () => {
    const before = new Set(tracker.commands().map(({ commandId }) => commandId));
    return () => tracker.commands().filter(({ commandId }) => !before.has(commandId));
  };
  const decide = (commandId: unknown): Promise<void> => {
    version += 1;
    return tracker.tell({
      ...batchOf(version, [event('MessageRequested', { text: 'Hello' })], { phone: idle }),
      commandId: commandId as never,
    });
  };

  it.each([
    ['start', idle, { drill }, { type: 'StartDrill', drill, reason: 'operator', expects: { runId: null } }],
    ['start', maria, { drill, replace: true }, { type: 'StartDrill', drill }],
    ['message', idle, { text: 'Hello' }, { type: 'SendMessage', text: 'Hello' }],
    ['update', idle, { account: { unitId: 'w2' } }, { type: 'UpdateTrainee', account: { unitId: 'w2' } }],
    ['remind', maria, {}, { type: 'RemindTrainee', runId: 'run-one', prompt: 'first' }],
    ['pause', idle, { until: '2026-04-01' }, { type: 'PauseSchedule', until: '2026-04-01', by: 'spec' }],
    ['resume', resting, {}, { type: 'ResumeSchedule', by: 'spec' }],
    ['opt-out', unheard, { detail: 'by letter' }, { type: 'OptOutTrainee', source: 'operator' }],
  ])('%s asks the engine, and says where to look', async (action, phone, body, command) => {
    const since = sinceHere();
    const answer = await act(phone, action, { body });
    expect(answer).toMatchObject({ status: 202, body: { phone, by: 'spec', state: 'accepted' } });
    expect(since()).toMatchObject([{ phone, ...command }]);
    expect((await tracker.ask(String(answer.location))).body).toEqual(answer.body);
  });

  it.each([
    ['start', unheard, { drill }, 'unregistered'],
    ['start', maria, { drill }, 'busy'],
    ['start', out, { drill }, 'optedOut'],
    ['start', idle, { drill: 'no-such-drill' }, 'unknownDrill'],
    ['message', out, { text: 'Hello' }, 'optedOut'],
    ['message', resting, { text: 'Hello' }, 'paused'],
    ['resume', idle, {}, 'notPaused'],
    ['update', unheard, { profile: { name: 'Ann' } }, 'unregistered'],
    ['remind', idle, {}, 'nothingOpen'],
  ])(
    '%s that would lead to nothing is refused, and a dry run foretells it',
    async (action, phone, body, code) => {
      const since = sinceHere();
      const obstacles = [expect.objectContaining({ code })];
      await expect(act(phone, `${action}?dryRun=true`, { body })).resolves.toMatchObject({
        status: 200,
        body: { possible: false, obstacles },
      });
      await expect(act(phone, action, { body })).resolves.toMatchObject({ status: 409, body: { obstacles } });
      expect(since()).toEqual([]);
    },
  );

  it.each([
    ['start', idle, { drill }],
    ['message', idle, { text: 'Hello' }],
    ['remind', maria, {}],
  ])(
    '%s carries the window that it may go out in, and a dry run says its end',
    async (action, phone, body) => {
      const { body: foreseen } = await act(phone, `${action}?dryRun=true`, { body });
      const since = sinceHere();
      await act(phone, action, { body });
      const [command] = since();
      const delivery = deliveryOf(command);
      const [opens = NaN, closes = NaN] = (delivery?.windows ?? []).flatMap((window) =>
        [window.opens, window.closes].map(Date.parse),
      );
      expect(opens).toBeLessThanOrEqual(Date.now());
      expect(closes).toBeGreaterThan(Date.now());
      expect(delivery?.notAfter).toBe(delivery?.windows[0]?.closes);
      expect(foreseen['notAfter']).toBe(delivery?.notAfter);
    },
  );

  describe('outside the hours of a trainee', () => {
    const start = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);

    beforeAll(() => tracker.ask(`/v1/schedules/trainee:${asleep}`, { method: 'PUT', body: { start } }));

    it.each([
      ['start', { drill }],
      ['message', { text: 'Hello' }],
    ])('%s is refused, and a dry run says when they begin', async (action, body) => {
      const since = sinceHere();
      const { body: foreseen } = await act(asleep, `${action}?dryRun=true`, { body });
      const obstacles = [
        {
          code: 'outsideWindow',
          message: expect.stringContaining('America/New_York'),
          opensAt: expect.any(String),
        },
      ];
      expect(foreseen).toEqual({ possible: false, obstacles });
      const [{ opensAt } = { opensAt: '' }] = foreseen['obstacles'] as { opensAt: string }[];
      expect(Date.parse(opensAt)).toBeGreaterThan(Date.now());
      await expect(act(asleep, action, { body })).resolves.toMatchObject({
        status: 409,
        body: { obstacles },
      });
      expect(since()).toEqual([]);
    });

    it.each([
      ['update', { account: { unitId: 'w3' } }],
      ['pause', {}],
    ])('%s sends nothing, and so it goes on', async (action, body) =>
      expect(await act(asleep, action, { body })).toMatchObject({ status: 202 }),
    );
  });

  it('a dry run publishes nothing where all is well', async () => {
    const since = sinceHere();
    await expect(act(idle, 'start?dryRun=true', { body: { drill } })).resolves.toMatchObject({
      status: 200,
      body: { possible: true, type: 'StartDrill', obstacles: [] },
    });
    expect(since()).toEqual([]);
  });

  it('the same key and body are one command, before and after it is decided', async () => {
    const body = { text: 'Once' };
    const first = await act(idle, 'message', { body, key: 'one' });
    const second = await act(idle, 'message', { body, key: '"one"' });
    expect(second).toEqual(first);
    await decide(first.body['commandId']);
    const since = sinceHere();
    const third = await act(idle, 'message', { body, key: 'one' });
    expect(third).toEqual(first);
    expect(since()).toEqual([]);
    expect(await tracker.ask(String(first.location))).toMatchObject({
      body: { state: 'decided', version, events: [{ type: 'MessageRequested' }] },
    });
  });

  it('the same key with something else is refused, and with another person it is another key', async () => {
    await act(idle, 'message', { body: { text: 'Mine' }, key: 'two' });
    const since = sinceHere();
    await expect(act(idle, 'message', { body: { text: 'Other' }, key: 'two' })).resolves.toMatchObject({
      status: 422,
    });
    await expect(act(maria, 'message', { body: { text: 'Mine' }, key: 'two' })).resolves.toMatchObject({
      status: 422,
    });
    expect(since()).toEqual([]);
    await expect(
      act(idle, 'message', { body: { text: 'Other' }, key: 'two', as: 'other' }),
    ).resolves.toMatchObject({ status: 202, body: { by: 'other' } });
  });

  it('a command that was put aside says why, and that it was decided once it is', async () => {
    const { body, location } = await act(idle, 'message', { body: { text: 'Poison' } });
    const sent = tracker.log.records(topics.dialogCommands).at(-1);
    tracker.log.append(deadLetterTopic(topics.dialogCommands), {
      key: idle,
      value: sent?.value ?? null,
      headers: { [deadLetterHeaders.code]: 'HANDLER_BUG', [deadLetterHeaders.reason]: 'TypeError' },
    });
    await tracker.log.drained();
    await expect(tracker.ask(String(location))).resolves.toMatchObject({
      body: { state: 'deadLettered', code: 'HANDLER_BUG', reason: 'TypeError' },
    });
    await decide(body['commandId']);
    await expect(tracker.ask(String(location))).resolves.toMatchObject({ body: { state: 'decided' } });
  });

  it('a command that nobody asked for is not on record', async () =>
    expect(await tracker.ask('/v1/commands/command-1')).toMatchObject({ status: 404 }));

  it.each([
    ['start', {}, 'drill'],
    ['start', { drill: 'Not A Slug' }, 'drill'],
    ['start', { drill, delay: 3 }, 'delay'],
    ['message', {}, 'takes either text'],
    ['message', { text: '' }, 'text'],
    ['message', { mediaUrl: 'javascript:alert(1)' }, 'mediaUrl'],
    ['update', { profile: { shoeSize: 3 } }, 'shoeSize'],
    ['update', { account: { labels: 'one' } }, 'account.labels'],
    ['pause', { until: '2026-02-30' }, 'until'],
    ['opt-out', {}, 'detail'],
    ['start?dryrun=true', { drill }, 'dryrun'],
    ['start?dryRun=yes', { drill }, 'dryRun'],
  ])('%s with %j is refused with the reason', async (action, body, reason) => {
    const since = sinceHere();
    const answer = await act(idle, action, { body });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(reason);
    expect(since()).toEqual([]);
  });

  it('a key with blanks is refused', async () =>
    expect(await act(idle, 'message', { body: { text: 'Hi' }, key: 'two words' })).toMatchObject({
      status: 400,
    }));
});
